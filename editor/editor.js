/* The query editor: CodeMirror over the textarea of the query page, with the names that are in the data.

   The form stays what it is: the editor writes into its textarea, and without this file people type there. It stands in a
   shadow root, where CodeMirror may set its style without leave from the content security policy. Tab leaves the editor. */
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { HighlightStyle, bracketMatching, syntaxHighlighting } from "@codemirror/language";
import { forceLinting, linter } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView, drawSelection, highlightSpecialChars, keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";

const form = document.querySelector("form.query");
const field = form.querySelector("textarea");
const said = form.querySelector("[data-editor]");
const words = said.dataset;
const wrong = { line: Number(words.line || 0), column: Number(words.column || 1), text: field.value };
let known = { prefixes: {}, terms: [] };

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--link)", fontWeight: "600" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--warn)" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: "var(--accent)" },
]);

const look = EditorView.theme({
  "&": { border: "1px solid var(--field)", borderRadius: "4px", background: "var(--paper)", color: "var(--ink)" },
  "&.cm-focused": { outline: "3px solid var(--focus)", outlineOffset: "2px" },
  ".cm-scroller": { font: "0.92rem/1.5 var(--mono)", minHeight: "20rem" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "var(--mark)",
  },
  ".cm-tooltip": { background: "var(--paper)", color: "var(--ink)", border: "1px solid var(--field)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--button)", color: "var(--button-ink)" },
  ".cm-completionDetail": { color: "inherit", fontStyle: "normal" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--wrong)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--warn)" },
  ".cm-lintRange-error, .cm-lintRange-warning": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--wrong) 2px",
    textUnderlineOffset: "3px",
  },
});

/* What of a query is no string, comment or IRI, with those blanked, so that places stay what they are. */
const bare = (text) =>
  text.replace(/"""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>\s]*>|#[^\n]*/g, (part) =>
    " ".repeat(part.length),
  );

/* The prefixes that a query uses and does not declare, each with its first place; only those that the site knows. */
const missing = (text) => {
  const code = bare(text);
  const declared = new Set([...code.matchAll(/\bprefix\s+([\w-]*):/gi)].map((each) => each[1]));
  const found = new Map();
  for (const each of code.matchAll(/(?<![\w:?$-])([a-z][\w-]*):(?=[\w-]|\s|$)/gi)) {
    if (!declared.has(each[1]) && each[1] in known.prefixes && !found.has(each[1])) found.set(each[1], each.index);
  }
  return found;
};

const line = (prefix) => `PREFIX ${prefix}: <${known.prefixes[prefix]}>\n`;

const addMissing = (view) => {
  const prefixes = [...missing(view.state.doc.toString()).keys()];
  if (!prefixes.length) return false;
  view.dispatch({ changes: { from: 0, insert: prefixes.map(line).join("") } });
  tell(words.added.replace("{prefixes}", prefixes.join(", ")));
  return true;
};

const tell = (text) => {
  said.querySelector("[role=status]").textContent = text;
};

const problems = linter(
  (view) => {
    const text = view.state.doc.toString();
    const prefixes = missing(text);
    const found = [...prefixes].map(([prefix, from]) => ({
      from,
      to: from + prefix.length + 1,
      severity: "warning",
      message: words.unknown.replace("{prefix}", prefix),
      actions: [{ name: words.add, apply: addMissing }],
    }));
    if (prefixes.size) tell(words.unknown.replace("{prefix}", [...prefixes.keys()].join(":, ")));
    // What the server said is true of the query that it was asked, and of no other.
    if (wrong.line && text === wrong.text && wrong.line <= view.state.doc.lines) {
      const at = view.state.doc.line(wrong.line);
      const from = Math.min(at.from + wrong.column - 1, at.to);
      found.push({ from, to: Math.max(from, at.to), severity: "error", message: words.wrong });
    }
    return found;
  },
  { delay: 300 },
);

/* Names of the data for a word with a prefix, or for a word of their label; with how often they are used. */
const complete = (context) => {
  const word = context.matchBefore(/[\w-]+(?::[\w-]*)?/);
  if (!word || (!context.explicit && word.text.length < 2) || /[?$]/.test(context.state.sliceDoc(word.from - 1, word.from)))
    return null;
  return {
    from: word.from,
    options: known.terms.map(([name, label, uses, kind]) => ({
      label: name,
      detail: `${label} · ${uses}`,
      type: kind,
      boost: Math.min(99, Math.log2(uses + 1)),
      apply(view, completion, from, to) {
        view.dispatch({ changes: { from, to, insert: name }, selection: { anchor: from + name.length } });
        addMissing(view);
      },
    })),
    validFor: /^[\w:-]*$/,
  };
};

const host = document.createElement("div");
host.className = "editor";
field.after(host);
const root = host.attachShadow({ mode: "open" });
const view = new EditorView({
  root,
  parent: root,
  state: EditorState.create({
    doc: field.value,
    extensions: [
      keymap.of([
        { key: "Mod-Enter", run: () => (form.querySelector("[type=submit]").click(), true) },
        { key: "Mod-.", run: addMissing },
        ...closeBracketsKeymap,
        ...completionKeymap,
        ...defaultKeymap,
        ...historyKeymap,
      ]),
      history(),
      drawSelection(),
      highlightSpecialChars(),
      bracketMatching(),
      closeBrackets(),
      sparql(),
      syntaxHighlighting(colours),
      autocompletion({ override: [complete], icons: false }),
      problems,
      look,
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": words.label, spellcheck: "false", dir: "ltr" }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) field.value = update.state.doc.toString();
      }),
    ],
  }),
});
field.hidden = true;
said.hidden = false;
form.querySelector("label").addEventListener("click", () => view.focus());
said.querySelector("button").addEventListener("click", () => {
  addMissing(view);
  view.focus();
});

fetch(words.terms)
  .then((answer) => answer.json())
  .then((found) => {
    known = found;
    forceLinting(view);
  })
  .catch(() => {}); // without the names it is an editor all the same
