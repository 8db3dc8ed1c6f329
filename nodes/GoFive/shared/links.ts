/** Where users report responses that the node does not know. A test compares it with the homepage in package.json. */
export const ISSUES_URL = 'https://github.com/example/n8n-nodes-gofive/issues';
