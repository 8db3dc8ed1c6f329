'use strict';

const n8nWorkflow = require('n8n-workflow');
const NodeEnvironment = require('@stryker-mutator/jest-runner/jest-env/node');

/** Shares n8n-workflow between the runs. Jest would load it again for each mutant, which takes most of the time. */
module.exports = class extends NodeEnvironment {
	async setup() {
		await super.setup();
		this.global.n8nWorkflow = n8nWorkflow;
	}
};
