'use strict';

// Main file of the package. n8n itself loads the files that package.json lists.

const { GoFiveApi } = require('./dist/credentials/GoFiveApi.credentials.js');
const { GoFive } = require('./dist/nodes/GoFive/GoFive.node.js');
const { GoFiveTrigger } = require('./dist/nodes/GoFive/GoFiveTrigger.node.js');

module.exports = { GoFive, GoFiveApi, GoFiveTrigger };
