const [modules, url] = process.argv.slice(2);
const axios = require(`${modules}/axios`);

axios.get(url, { timeout: 5000 }).catch(() => process.exit(1));
