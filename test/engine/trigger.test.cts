// Here: GoFive Trigger, as n8n polls it. triggerModelBased compares random scenarios of events with a model,
// triggerSources checks what each source declares, and the others check what both leave open: messages, budgets,
// parameters.
// Not here: an example that the model covers, and the comparison and the storage of records (unit/).
// A module of tests is loaded inside its describe block, so that its hooks run for its own tests.

describe('triggerAllCustomers', () => void require('./trigger/triggerAllCustomersTests.cts'));
describe('triggerConcurrentPolls', () => void require('./trigger/triggerConcurrentPollsTests.cts'));
describe('triggerFailures', () => void require('./trigger/triggerFailuresTests.cts'));
describe('triggerModelBased', () => void require('./trigger/triggerModelBasedTests.cts'));
describe('triggerNames', () => void require('./trigger/triggerNamesTests.cts'));
describe('triggerParameters', () => void require('./trigger/triggerParametersTests.cts'));
describe('triggerPollBudget', () => void require('./trigger/triggerPollBudgetTests.cts'));
describe('triggerPreviousValues', () => void require('./trigger/triggerPreviousValuesTests.cts'));
describe('triggerSources', () => void require('./trigger/triggerSourcesTests.cts'));
describe('triggerStoredStates', () => void require('./trigger/triggerStoredStatesTests.cts'));
describe('triggerUnchanged', () => void require('./trigger/triggerUnchangedTests.cts'));
describe('triggerUnchangedModel', () => void require('./trigger/triggerUnchangedModelTests.cts'));
describe('triggerWrittenRecords', () => void require('./trigger/triggerWrittenRecordsTests.cts'));
describe('triggerStateSize', () => void require('./trigger/triggerStateSizeTests.cts'));
