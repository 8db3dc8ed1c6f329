import { formatCredentialForm } from '../../sandbox/sandboxCredential.mts';
import type { PreparedInstance } from '../instance/startInstance.mts';

/** Details that the message shows. */
interface StartupDetails extends Pick<PreparedInstance, 'signIn' | 'examples'> {
	/** Address of the example of the main use case in n8n's editor. */
	workflowUrl: string;
	sandbox: { url: string };
}

/** Formats the message that `npm start` prints when n8n runs. */
export function formatStartupMessage({ workflowUrl, signIn, sandbox, examples }: StartupDetails): string {
	return `
n8n with the GoFive node is running.

  Open      ${workflowUrl}
  Sign in   ${signIn.email}   ${signIn.password}
  Then      click "Execute workflow", and double-click the node GoFive to see the customer's events.

  Workflows in it, one or more for each resource of the node:
${examples.map(({ name }) => `    ${name}`).join('\n')}

  The data is made up and comes from the sandbox at ${sandbox.url}; nothing leaves this machine.
  Everything in this n8n is gone when you stop it: download the workflows that you want to keep.

The workflows use the credential "GoFive sandbox". To fill in one yourself, choose Create credential > GoFive API and copy these values,
which open nothing but the sandbox:

${formatCredentialForm(sandbox.url)}

Press Ctrl-C to stop.`;
}
