// Many bulletins by one typst compiler, which remembers between them what it can: peer.cjs OUT BUNDLE.json ...
// TYPST_NODE is the folder of the package @myriaddreamin/typst-ts-node-compiler.
const { NodeCompiler } = require(process.env.TYPST_NODE);
const fs = require('fs');
const path = require('path');
const [out, ...bundles] = process.argv.slice(2);
const compiler = NodeCompiler.create({ workspace: '/', fontArgs: [{ fontPaths: ['/usr/share/fonts/truetype/noto'] }] });
for (const bundle of bundles) {
    const made = compiler.compile({ mainFilePath: path.join(__dirname, 'peer.typ'), inputs: { bundle: path.resolve(bundle) } });
    if (made.hasError()) {
        made.printErrors();
        process.exit(1);
    }
    fs.writeFileSync(path.join(out, path.basename(bundle, '.json') + '.pdf'), compiler.pdf(made.result));
    compiler.evictCache(10);
}
