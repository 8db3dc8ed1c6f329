// Here: rules about the repository itself: circles of imports, documents, texts of forms, generated files, what is
// published, conventions of operations, and the contract of each input.
// Not here: anything that runs an operation.
import { describeFolder } from './support/describeFolder.cts';

describeFolder('architecture');
