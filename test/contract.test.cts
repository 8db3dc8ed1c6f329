// Here: the sandbox against the contract, over HTTP: what it accepts, refuses and stores, its faults, and its first
// records. Also the live check against the sandbox, which sends requests without n8n.
// Not here: the node. The contract of its requests and responses is in engine/everyOperation/.
import { describeFolder } from './support/describeFolder.cts';

describeFolder('contract');
