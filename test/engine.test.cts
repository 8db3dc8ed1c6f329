// The built node in n8n's engine, against the sandbox over HTTP.
// A module of tests is loaded inside its describe block, so that its hooks run for its own tests.

// Here: what the runner does for all operations, shown with one or two of them: batches, pages, dates, empty
// expressions, lists of the form, items, hints.
// Not here: the forms of a response, and how pages and dates are computed (unit/), and what a single operation does
// (resources/).
describe('operation', () => {
	describe('addedNames', () => void require('./engine/operation/addedNamesTests.cts'));
	describe('batches', () => void require('./engine/operation/batchesTests.cts'));
	describe('blankExpressions', () => void require('./engine/operation/blankExpressionsTests.cts'));
	describe('dates', () => void require('./engine/operation/datesTests.cts'));
	describe('listNames', () => void require('./engine/operation/listNamesTests.cts'));
	describe('lists', () => void require('./engine/operation/listsTests.cts'));
	describe('loadOptions', () => void require('./engine/operation/loadOptionsTests.cts'));
	describe('memoryUsage', () => void require('./engine/operation/memoryUsageTests.cts'));
	describe('pagination', () => void require('./engine/operation/paginationTests.cts'));
	describe('parts', () => void require('./engine/operation/partsTests.cts'));
	describe('pathParts', () => void require('./engine/operation/pathPartsTests.cts'));
	describe('responseForms', () => void require('./engine/operation/responseFormsTests.cts'));
	describe('responseHandling', () => void require('./engine/operation/responseHandlingTests.cts'));
	describe('untrustedTexts', () => void require('./engine/operation/untrustedTextsTests.cts'));
	describe('untypedIds', () => void require('./engine/operation/untypedIdsTests.cts'));
});

// Here: what is specific to an operation or a resource.
// Not here: what all operations share (operation/, everyOperation/).
describe('resources', () => {
	describe('account', () => void require('./engine/resources/accountTests.cts'));
	describe('case', () => void require('./engine/resources/caseTests.cts'));
	describe('chat', () => void require('./engine/resources/chatTests.cts'));
	describe('columns', () => void require('./engine/resources/columnsTests.cts'));
	describe('contractResource', () => void require('./engine/resources/contractResourceTests.cts'));
	describe('customer', () => void require('./engine/resources/customerTests.cts'));
	describe('customerEventGetAll', () => void require('./engine/resources/customerEventGetAllTests.cts'));
	describe('customerEventWrites', () => void require('./engine/resources/customerEventWritesTests.cts'));
	describe('deal', () => void require('./engine/resources/dealTests.cts'));
	describe('expense', () => void require('./engine/resources/expenseTests.cts'));
	describe('getByCustomerCode', () => void require('./engine/resources/getByCustomerCodeTests.cts'));
	describe('product', () => void require('./engine/resources/productTests.cts'));
	describe('quotation', () => void require('./engine/resources/quotationTests.cts'));
	describe('rejectedInputs', () => void require('./engine/resources/rejectedInputsTests.cts'));
	describe('salesOrder', () => void require('./engine/resources/salesOrderTests.cts'));
	describe('sendRequest', () => void require('./engine/resources/sendRequestTests.cts'));
	describe('updateFields', () => void require('./engine/resources/updateFieldsTests.cts'));
});

// Here: promises that each operation declares itself, checked for all of them, so that a new operation is covered: its
// effect, its fields, its columns, the examples of the contract, and what is read back after a write.
// Not here: rules of the runner, which are the same for all operations (operation/).
describe('everyOperation', () => {
	describe('addedFields', () => void require('./engine/everyOperation/addedFieldsTests.cts'));
	describe('contractExamples', () => void require('./engine/everyOperation/contractExamplesTests.cts'));
	describe('everyField', () => void require('./engine/everyOperation/everyFieldTests.cts'));
	describe('loggedValues', () => void require('./engine/everyOperation/loggedValuesTests.cts'));
	describe('writtenRecords', () => void require('./engine/everyOperation/writtenRecordsTests.cts'));
	describe('lostResponses', () => void require('./engine/everyOperation/lostResponsesTests.cts'));
	describe('sentValues', () => void require('./engine/everyOperation/sentValuesTests.cts'));
});

// Here: what n8n adds to a request: signing it, storing and sharing the token, testing the credential, cancelling, and
// many items in parallel.
// Not here: when a token is renewed and when a request is sent again (unit/clientTests.cts), and what a response means
// (unit/responseTests.cts).
describe('transport', () => {
	describe('authentication', () => void require('./engine/transport/authenticationTests.cts'));
	describe('concurrency', () => void require('./engine/transport/concurrencyTests.cts'));
	describe('secrets', () => void require('./engine/transport/secretsTests.cts'));
	describe('sharedToken', () => void require('./engine/transport/sharedTokenTests.cts'));
	describe('signing', () => void require('./engine/transport/signingTests.cts'));
	describe('tokenRefresh', () => void require('./engine/transport/tokenRefreshTests.cts'));
	describe('tokenRenewedElsewhere', () => void require('./engine/transport/tokenRenewedElsewhereTests.cts'));
});

// Here: what a user sees after each outcome of a request, once for each kind of operation, and faults at a certain
// moment of an execution.
// Not here: which response leads to which outcome, and how often a request is sent again (unit/).
describe('faults', () => {
	describe('faultsAfterSending', () => void require('./engine/faults/faultsAfterSendingTests.cts'));
	describe('faultsMidExecution', () => void require('./engine/faults/faultsMidExecutionTests.cts'));
	describe('faultsNetwork', () => void require('./engine/faults/faultsNetworkTests.cts'));
	describe('outcomes', () => void require('./engine/faults/outcomesTests.cts'));
});

// Here: GoFive Trigger, as n8n polls it. triggerModelBased compares random scenarios of events with a model,
// triggerSources checks what each source declares, and the others check what both leave open: messages, budgets,
// parameters.
// Not here: an example that the model covers, and the comparison and the storage of records (unit/).
describe('trigger', () => {
	describe('triggerAllCustomers', () => void require('./engine/trigger/triggerAllCustomersTests.cts'));
	describe('triggerConcurrentPolls', () => void require('./engine/trigger/triggerConcurrentPollsTests.cts'));
	describe('triggerFailures', () => void require('./engine/trigger/triggerFailuresTests.cts'));
	describe('triggerModelBased', () => void require('./engine/trigger/triggerModelBasedTests.cts'));
	describe('triggerNames', () => void require('./engine/trigger/triggerNamesTests.cts'));
	describe('triggerParameters', () => void require('./engine/trigger/triggerParametersTests.cts'));
	describe('triggerPollBudget', () => void require('./engine/trigger/triggerPollBudgetTests.cts'));
	describe('triggerPreviousValues', () => void require('./engine/trigger/triggerPreviousValuesTests.cts'));
	describe('triggerSources', () => void require('./engine/trigger/triggerSourcesTests.cts'));
	describe('triggerStoredStates', () => void require('./engine/trigger/triggerStoredStatesTests.cts'));
	describe('triggerUnchanged', () => void require('./engine/trigger/triggerUnchangedTests.cts'));
	describe('triggerUnchangedModel', () => void require('./engine/trigger/triggerUnchangedModelTests.cts'));
	describe('triggerWrittenRecords', () => void require('./engine/trigger/triggerWrittenRecordsTests.cts'));
	describe('triggerStateSize', () => void require('./engine/trigger/triggerStateSizeTests.cts'));
});

// Here: stored and example workflows, AI tools, what n8n itself does with the node, and the documents that describe how
// to use it.
// Not here: what only a whole n8n server shows (e2e/).
describe('workflows', () => {
	describe('aiTool', () => void require('./engine/workflows/aiToolTests.cts'));
	describe('apiDocument', () => void require('./engine/workflows/apiDocumentTests.cts'));
	describe('documentationLinks', () => void require('./engine/workflows/documentationLinksTests.cts'));
	describe('engineIntegration', () => void require('./engine/workflows/engineIntegrationTests.cts'));
	describe('exampleWorkflows', () => void require('./engine/workflows/exampleWorkflowsTests.cts'));
	describe('savedWorkflows', () => void require('./engine/workflows/savedWorkflowsTests.cts'));
});
