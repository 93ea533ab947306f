// Asks @lde/distribution-probe, with which the NDE dataset register looks whether a dataset can be had, about distributions.
// In, as JSON: [{ url, mimeType }], without a mimeType for a SPARQL endpoint. Out, as JSON: what it found of each.
import { Distribution } from "@lde/dataset";
import { probeMany } from "@lde/distribution-probe";

let given = "";
for await (const piece of process.stdin) given += piece;
const distributions = JSON.parse(given).map(({ url, mimeType }) =>
  mimeType ? new Distribution(new URL(url), mimeType) : Distribution.sparql(new URL(url)),
);
const results = await probeMany(distributions, { validateRdfContent: true });
console.log(
  JSON.stringify(
    results.map((result) => ({
      kind: result.constructor.name,
      good: result.isSuccess?.() ?? false,
      size: result.contentSize ?? null,
      warnings: result.warnings ?? [],
      reason: result.failureReason ?? result.message ?? null,
    })),
  ),
);
