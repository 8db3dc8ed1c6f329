import fc from 'fast-check';

// CI judges a change, so it tries the same cases each time; everywhere else each run tries new ones.
if (process.env['CI']) fc.configureGlobal({ seed: 20_261_125 });
