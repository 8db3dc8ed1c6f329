// Here: stored and example workflows, AI tools, what n8n itself does with the node, and the documents that describe how
// to use it.
// Not here: what only a whole n8n server shows (e2e/).
// A module of tests is loaded inside its describe block, so that its hooks run for its own tests.

describe('aiTool', () => void require('./workflows/aiToolTests.cts'));
describe('apiDocument', () => void require('./workflows/apiDocumentTests.cts'));
describe('documentationLinks', () => void require('./workflows/documentationLinksTests.cts'));
describe('engineIntegration', () => void require('./workflows/engineIntegrationTests.cts'));
describe('exampleWorkflows', () => void require('./workflows/exampleWorkflowsTests.cts'));
describe('savedWorkflows', () => void require('./workflows/savedWorkflowsTests.cts'));
