// Functions of the node, of the credential and of the start of n8n, without an engine.
// Here: rules of a function or of the client, with all their cases: what a response means and what follows it, where
// its records are (support/responses.cts lists the responses), which value an input accepts, times, stored state.
// Not here: what n8n does with it (engine/), and rules about the source (architecture/).
import { describeFolder } from './support/describeFolder.cts';

describeFolder('unit');
