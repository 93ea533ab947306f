"""The reconciliation service: names of others matched with our organisations, projects and themes.

By the Reconciliation Service API of the W3C Community Group: 0.2, which OpenRefine speaks, and the draft of 1.0. What
is asked and answered stands in `service`, how it is written in `routes`. It proposes; whoever asks decides.
"""
