// The built node in n8n's engine, against the sandbox over HTTP.
import { describeFolder } from './support/describeFolder.cts';

// Here: what the runner does for all operations, shown with one or two of them: batches, pages, dates, empty
// expressions, lists of the form, items, hints.
// Not here: the forms of a response, and how pages and dates are computed (unit/), and what a single operation does
// (resources/).
describe('operation', () => describeFolder('engine/operation'));

// Here: what is specific to an operation or a resource.
// Not here: what all operations share (operation/, everyOperation/).
describe('resources', () => describeFolder('engine/resources'));

// Here: promises that each operation declares itself, checked for all of them, so that a new operation is covered: its
// effect, its fields, its columns, the examples of the contract, and what is read back after a write.
// Not here: rules of the runner, which are the same for all operations (operation/).
describe('everyOperation', () => describeFolder('engine/everyOperation'));

// Here: what n8n adds to a request: signing it, storing and sharing the token, testing the credential, cancelling, and
// many items in parallel.
// Not here: when a token is renewed and when a request is sent again (unit/clientTests.cts), and what a response means
// (unit/responseTests.cts).
describe('transport', () => describeFolder('engine/transport'));

// Here: what a user sees after each outcome of a request, once for each kind of operation, and faults at a certain
// moment of an execution.
// Not here: which response leads to which outcome, and how often a request is sent again (unit/).
describe('faults', () => describeFolder('engine/faults'));

// Here: GoFive Trigger, as n8n polls it. triggerModelBased compares random scenarios of events with a model,
// triggerSources checks what each source declares, and the others check what both leave open: messages, budgets,
// parameters.
// Not here: an example that the model covers, and the comparison and the storage of records (unit/).
describe('trigger', () => describeFolder('engine/trigger'));

// Here: stored and example workflows, AI tools, what n8n itself does with the node, and the documents that describe how
// to use it.
// Not here: what only a whole n8n server shows (e2e/).
describe('workflows', () => describeFolder('engine/workflows'));
