// Functions of the node, of the credential and of the start of n8n, without an engine.
// Here: rules of a function or of the client, with all their cases: what a response means and what follows it, where
// its records are (support/responses.cts lists the responses), which value an input accepts, times, stored state.
// Not here: what n8n does with it (engine/), and rules about the source (architecture/).
// A module of tests is loaded inside its describe block, so that its hooks run for its own tests.

describe('apiPropertyBased', () => void require('./unit/apiPropertyBasedTests.cts'));
describe('client', () => void require('./unit/clientTests.cts'));
describe('completeValues', () => void require('./unit/completeValuesTests.cts'));
describe('concurrencyLimiter', () => void require('./unit/concurrencyLimiterTests.cts'));
describe('credentialAuthenticate', () => void require('./unit/credentialAuthenticateTests.cts'));
describe('currentValueRules', () => void require('./unit/currentValueRulesTests.cts'));
describe('currentValuesPropertyBased', () => void require('./unit/currentValuesPropertyBasedTests.cts'));
describe('filterByDate', () => void require('./unit/filterByDateTests.cts'));
describe('n8nWaits', () => void require('./unit/n8nWaitsTests.cts'));
describe('debugLog', () => void require('./unit/debugLogTests.cts'));
describe('fetchPages', () => void require('./unit/fetchPagesTests.cts'));
describe('jsonNumberPrecision', () => void require('./unit/jsonNumberPrecisionTests.cts'));
describe('outputMode', () => void require('./unit/outputModeTests.cts'));
describe('parameters', () => void require('./unit/parametersTests.cts'));
describe('parametersPropertyBased', () => void require('./unit/parametersPropertyBasedTests.cts'));
describe('readAll', () => void require('./unit/readAllTests.cts'));
describe('records', () => void require('./unit/recordsTests.cts'));
describe('response', () => void require('./unit/responseTests.cts'));
describe('text', () => void require('./unit/textTests.cts'));
describe('time', () => void require('./unit/timeTests.cts'));
describe('triggerCompareParts', () => void require('./unit/triggerComparePartsTests.cts'));
describe('triggerPreviousValues', () => void require('./unit/triggerPreviousValuesTests.cts'));
describe('triggerSilence', () => void require('./unit/triggerSilenceTests.cts'));
describe('triggerSilenceScenarios', () => void require('./unit/triggerSilenceScenariosTests.cts'));
describe('triggerState', () => void require('./unit/triggerStateTests.cts'));
