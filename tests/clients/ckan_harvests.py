"""A CKAN portal that harvests when it is told to, with all stages of ckanext-harvest and ckanext-dcat.

In: the folder of PostgreSQL's socket as an argument; then on stdin a line of JSON for each harvest, with the address of
a catalogue and the language of the portal. Out, a line of JSON for each: what went wrong while gathering; what became
of each object of the harvest; every dataset that the portal has, also deleted; and each that it passes on, in Turtle.

Of a whole portal two parts are missing. Solr is told of every change and asked for nothing that a harvest needs: a
listener stands for it that finds nothing. Redis would hand objects from one process to the next; here is one process.
"""

from __future__ import annotations

import json
import sys
import tempfile
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class EmptySolr(BaseHTTPRequestHandler):
    """A Solr that takes everything and finds nothing."""

    def do_GET(self) -> None:
        """Says which schema it has, or that nothing was found."""
        found = {"response": {"numFound": 0, "start": 0, "docs": []}, "facet_counts": {"facet_fields": {}}}
        body = b'<schema name="ckan-2.12"/>' if "/schema" in self.path else json.dumps(found).encode()
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *_: object) -> None:
        """Says nothing."""


solr = ThreadingHTTPServer(("127.0.0.1", 0), EmptySolr)
threading.Thread(target=solr.serve_forever, daemon=True).start()
files = tempfile.TemporaryDirectory()

from ckan import model  # noqa: E402
from ckan.cli.db import _run_migrations  # noqa: E402
from ckan.common import config  # noqa: E402
from ckan.config.middleware import make_app  # noqa: E402
from ckan.plugins.toolkit import get_action  # noqa: E402

portal = make_app(
    {
        "__file__": __file__,
        "ckan.site_url": "http://ckan.example",
        "ckan.plugins": "harvest dcat dcat_rdf_harvester scheming_datasets",
        "ckan.redis.url": "redis://127.0.0.1:1",
        "ckan.storage_path": files.name,
        "ckanext.dcat.rdf.profiles": "euro_dcat_ap_3 euro_dcat_ap_scheming",
        "scheming.dataset_schemas": "ckanext.dcat.schemas:dcat_ap_full.yaml",
        "scheming.presets": "ckanext.scheming:presets.json ckanext.dcat.schemas:presets.yaml",
        "SECRET_KEY": "a key for a test",
        "solr_url": f"http://127.0.0.1:{solr.server_port}/solr/ckan",
        "sqlalchemy.url": f"postgresql:///ckan?host={sys.argv[1]}&user=ckan",
    }
)

from ckanext.harvest import queue  # noqa: E402 - its tables need what was configured above
from ckanext.harvest.model import HarvestJob, HarvestObject  # noqa: E402


def context() -> dict[str, Any]:
    """On behalf of whom an action is done: the site itself."""
    user = get_action("get_site_user")({"ignore_auth": True}, {})
    return {"user": user["name"], "model": model, "session": model.Session}


def source() -> str:
    """Makes the organisation that owns what is harvested and a harvest source, and returns the id of the source."""
    owner = get_action("organization_create")(context(), {"name": "zandwijk", "title": "Zandwijk"})
    told = {"name": "catalogue", "title": "Catalogue", "source_type": "dcat_rdf", "owner_org": owner["id"]}
    made = get_action("harvest_source_create")(context(), {**told, "url": "http://127.0.0.1/"})
    return made["id"]  # type: ignore[no-any-return]


def objects(job: HarvestJob) -> Iterator[dict[str, Any]]:
    """Yields what became of each object of a job, as the processes of ckanext-harvest deal with it."""
    harvester = queue.get_harvester("dcat_rdf")
    for identifier in queue.gather_stage(harvester, job):
        each = HarvestObject.get(identifier)
        queue.fetch_and_import_stages(harvester, each)
        yield {"guid": each.guid, "report": each.report_status, "errors": [error.message for error in each.errors]}


def harvest(source: str, address: str) -> dict[str, Any]:
    """Runs a job, and returns what it said and what the portal has then."""
    get_action("harvest_source_patch")(context(), {"id": source, "url": address})
    made = get_action("harvest_job_create")(context(), {"source_id": source, "run": False})
    job = HarvestJob.get(made["id"])
    job.status = "Running"
    job.save()
    done = list(objects(job))
    job.status = "Finished"
    job.save()
    names = model.Session.query(model.Package.id).filter(model.Package.type == "dataset").all()
    shown = [get_action("package_show")({"ignore_auth": True}, {"id": name}) for (name,) in names]
    passed_on = [
        get_action("dcat_dataset_show")({"ignore_auth": True}, {"id": each["id"], "format": "ttl"})
        for each in shown
        if each["state"] == "active"
    ]
    errors = [error.message for error in job.gather_errors]
    return {"errors": errors, "objects": done, "datasets": shown, "turtle": passed_on}


def main() -> None:
    """Makes the tables and harvests each address that stands on stdin."""
    model.repo.init_db()
    _run_migrations("harvest")
    with portal._wsgi_app.test_request_context("/"):
        known = source()
        for line in sys.stdin:
            told = json.loads(line)
            config["ckan.locale_default"] = told["language"]
            json.dump(harvest(known, told["address"]), sys.stdout)
            sys.stdout.write("\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
