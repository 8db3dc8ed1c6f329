import fc from 'fast-check';

// CI uses a fixed seed, so that a failure belongs to the change. Other runs try new cases.
if (process.env['CI']) fc.configureGlobal({ seed: 20_261_125 });
