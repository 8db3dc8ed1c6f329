import links from 'remark-validate-links';

// Links to files and headings of this checkout only: addresses on the web are not requested.
export default { plugins: [[links, { repository: false }]] };
