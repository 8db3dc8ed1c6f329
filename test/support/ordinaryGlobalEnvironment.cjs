'use strict';

const vm = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');

const { createContext } = vm;

/**
 * jest's environment with an ordinary global object. The one of jest is a Proxy, which intercepts each use of Object,
 * Promise and other globals, and takes a fifth of the processor time of the engine tests. jest has no option for it.
 */
module.exports = class extends TestEnvironment {
	constructor(config, context) {
		vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY);
		try {
			super(config, context);
		} finally {
			vm.createContext = createContext;
		}
	}
};
