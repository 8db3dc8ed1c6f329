'use strict';

const { GoFiveApi } = require('./dist/credentials/GoFiveApi.credentials.js');
const { GoFive } = require('./dist/nodes/GoFive/GoFive.node.js');
const { GoFiveTrigger } = require('./dist/nodes/GoFive/GoFiveTrigger.node.js');

module.exports = { GoFive, GoFiveApi, GoFiveTrigger };
