"""Takes a web process from one release to the next without a request that notices.

The query service says which release is the current one. A web process that sees another there opens it, looks up what
its pages need, and only then answers from it. Requests that came in before go on with the release they began with,
which the service keeps answering for as long as it is used.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kennis_ld.engine.supervisor import current_release, used
from kennis_ld.web.overview import overview
from kennis_ld.web.site import Site

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class _Use:
    site: Site
    ends: contextlib.ExitStack
    requests: int = 0


class FollowedSites:
    """Gives the site on the current release of a query service."""

    def __init__(self, service: Path, open_site: Callable[[str], Site]) -> None:
        """Opens the current release.

        Args:
            service: folder of the query service.
            open_site: makes the site on the release of a name, on engines that answer from that release only.

        Raises:
            DamagedRelease: the release cannot be opened.
            FileNotFoundError: the service is gone.
        """
        self._service = service
        self._open = open_site
        self._lock = threading.Lock()
        self._uses: dict[str, _Use] = {}
        self._is_stuck = False
        self._name, self._now = self._opened()
        self._uses[self._name] = self._now

    def take(self) -> Site:
        """Returns the site of now; it answers until it is given back."""
        with self._lock:
            self._now.requests += 1
            return self._now.site

    def give_back(self, site: Site) -> None:
        """Tells that a request is answered."""
        with self._lock:
            use = self._uses[site.release.digest]
            use.requests -= 1
            self._forget(site.release.digest, use)

    def look(self) -> None:
        """Goes to the current release where that is another one; where it cannot be opened, the old one stays."""
        try:
            if current_release(self._service) == self._name:
                return
            name, use = self._opened()
        except FileNotFoundError:
            # The service is gone: so is its owner, or it will be in a moment.
            return
        except Exception:
            # Whatever it is: who looks must be able to look again.
            if not self._is_stuck:
                self._is_stuck = True
                logger.exception("The new release cannot be opened; this process stays with the old one.")
            return
        self._is_stuck = False
        with self._lock:
            old_name, old = self._name, self._now
            self._name, self._now = name, use
            self._uses[name] = use
            self._forget(old_name, old)

    def _opened(self) -> tuple[str, _Use]:
        while True:
            name = current_release(self._service)
            if name in self._uses:
                # Back to a release that requests are still answered from.
                return name, self._uses[name]
            with contextlib.ExitStack() as ends:
                ends.enter_context(used(self._service, name))
                # The service may have gone on before it could see that the release is used.
                if current_release(self._service) == name:
                    site = self._open(name)
                    overview(site)
                    return name, _Use(site, ends.pop_all())

    def _forget(self, name: str, use: _Use) -> None:
        if use is not self._now and not use.requests and name in self._uses:
            del self._uses[name]
            use.ends.close()
