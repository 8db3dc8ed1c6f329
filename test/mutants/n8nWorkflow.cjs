'use strict';

// Set in environment.cjs.
module.exports = globalThis.n8nWorkflow;
