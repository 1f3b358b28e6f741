const [modules, name] = process.argv.slice(2);
const { readFileSync } = require("node:fs");

console.log(JSON.parse(readFileSync(`${modules}/${name}/package.json`, "utf8")).version);
