/* overview_look.c - the overview's style sheet and script, line by line: a sheet of paper on a desk, and the colours of
 * what differs. Nothing is told by colour alone. */
#include "batch/overview_int.h"

const char *const bt_overview_style[] = {
    ":root{--ink:#22221f;--soft:#6d6b64;--line:#dcd9d0;--desk:#f4f2ec;--new:#1d7a3f;--changed:#c02a2a;--reset:#a86a00;",
    "--jumped:#6f45ad;--moved:#2765b0;--gone:#6d6b64}",
    "*{box-sizing:border-box}",
    "body{margin:0;padding:28px 36px 60px;background:var(--desk);color:var(--ink);display:flex;flex-direction:column;",
    "font:15px/1.5 'Noto Sans','Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif}",
    "h1{font:600 26px/1.25 'Noto Serif',Georgia,serif;margin:0 0 4px}",
    "h2{font:600 19px/1.3 'Noto Serif',Georgia,serif;margin:0}",
    "h2 small{font:400 14px 'Noto Sans','Segoe UI',Roboto,Arial,sans-serif;color:var(--soft);margin-left:8px}",
    "a{color:inherit;text-decoration-color:var(--line);text-underline-offset:3px}a:hover{text-decoration-color:"
    "currentColor}",
    "header,.sum{order:-2}.sum,.read{margin:2px 0;font-size:16px}.read{order:-1}.soft{color:var(--soft);margin:0}",
    ".legend{list-style:none;display:flex;flex-wrap:wrap;gap:4px 20px;padding:0;margin:14px 0 18px;font-size:13.5px}",
    ".c{white-space:nowrap;margin-right:12px}.c:before{content:'';display:inline-block;width:9px;height:9px;margin-"
    "right:6px;",
    "border-radius:2px;background:currentColor}",
    ".new{color:var(--new)}.changed{color:var(--changed)}.reset{color:var(--reset)}.jumped{color:var(--jumped)}",
    ".moved{color:var(--moved)}.gone{color:var(--gone)}.failed{color:var(--changed);font-weight:600}",
    "#bar{display:none;margin:0 0 14px;color:var(--soft);font-size:13.5px}.js #bar{display:block}",
    "#q{font:inherit;font-size:15px;padding:6px 10px;width:280px;margin-right:12px;border:1px solid "
    "var(--line);border-radius:4px;",
    "background:#fff;color:var(--ink)}",
    "table{border-collapse:collapse;background:#fff;width:100%;font-size:14px;font-variant-numeric:tabular-nums;",
    "border:1px solid var(--line)}",
    "th{text-align:left;font-weight:600;color:var(--soft);font-size:12.5px;border-bottom:2px solid var(--line)}",
    "th,td{padding:5px 12px;vertical-align:baseline}td{border-bottom:1px solid "
    "#eeece5}.n{text-align:right;width:1%;white-space:nowrap}",
    "td:first-child{white-space:nowrap;font-weight:600}td:last-child{width:70%}",
    "section{background:#fff;border:1px solid var(--line);margin:22px 0 0;padding:18px 22px "
    "20px;scroll-margin-top:12px}",
    "section:target,section.on{border-color:var(--ink);box-shadow:0 0 0 1px var(--ink)}",
    ".cols{display:flex;gap:28px;align-items:flex-start;margin-top:12px}",
    ".pages{display:flex;flex-wrap:wrap;gap:16px;flex:3 1 0}.list{flex:2 1 "
    "0;min-width:300px;list-style:none;margin:0;padding:0;",
    "font-size:14px}",
    ".list>li{padding:7px 0;border-top:1px solid #eeece5}.list>li:first-child{border:0;padding-top:0}",
    ".list b{font-weight:600;color:var(--ink)}.list .d{white-space:nowrap}.list ul{list-style:none;margin:2px 0 "
    "0;padding:0 0 0 14px;",
    "color:var(--ink)}",
    ".list s{color:var(--soft);text-decoration-thickness:1px}.list i,.list "
    "q{font-style:normal;color:var(--soft);quotes:none}",
    "figure{margin:0;width:214px}figure svg{display:block;width:100%;height:auto;background:#fff;border:1px solid "
    "#c9c6bc;",
    "box-shadow:0 1px 3px #0002}",
    "figcaption{font-size:13px;margin-top:5px}figure.again svg{opacity:.5}figure.again figcaption{color:var(--soft)}",
    ".t{opacity:.42}.f{opacity:.5}.p{fill:#d8d5cc}",
    ".b{fill:currentColor;fill-opacity:.13;stroke:currentColor;stroke-width:9}",
    ".l{fill:currentColor;font:600 74px 'Noto Sans','Segoe "
    "UI',Roboto,Arial,sans-serif;paint-order:stroke;stroke:#fff;stroke-width:22;",
    "stroke-linejoin:round}",
    "[hidden]{display:none!important}",
    "@media(max-width:900px){body{padding:16px}.cols{flex-direction:column}.pages{max-width:none}.list{min-width:0}}",
    "@media print{@page{size:A4;margin:12mm}body{background:#fff;padding:0;font-size:9.5pt;display:block}",
    "#bar,[hidden]{display:none!important}table{font-size:8.5pt}tr,.list>li,figure{break-inside:avoid}thead{display:"
    "table-header-group}",
    "section{border:0;border-top:1pt solid #000;padding:8pt 0 "
    "0;margin-top:14pt}h2{break-after:avoid}",
    "section.on{box-shadow:none}figure{width:46mm}figure svg{box-shadow:none}.list{font-size:9pt;min-width:0}",
    "*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}",
    NULL,
};

/* The filter looks at all that a row and its section say; letters count without their tones, too. */
const char *const bt_overview_script[] = {
    "(function(){var d=document,q=d.getElementById('q'),S=[].slice.call(d.querySelectorAll('section')),",
    "R=[].slice.call(d.querySelectorAll('tbody tr')),at=-1;d.documentElement.className='js';",
    "function plain(s){return "
    "s.toLowerCase().replace(/\\u0111/g,'d').normalize('NFD').replace(/[\\u0300-\\u036f]/g,'')}",
    "function text(e){return e.txt||(e.txt=plain(e.textContent))}",
    "q.oninput=function(){var w=plain(q.value).split(/\\s+/);",
    "function has(e){var t=text(e);return w.every(function(x){return t.indexOf(x)>=0})}",
    "R.forEach(function(r){var "
    "s=r.id&&d.getElementById(r.id.slice(2)),ok=has(r)||(!!s&&has(s));r.hidden=!ok;if(s)s.hidden=!ok})};",
    "function go(step){var "
    "i=at+step;while(S[i]&&S[i].hidden)i+=step;if(!S[i])return;if(S[at])S[at].classList.remove('on');at=i;",
    "S[at].classList.add('on');S[at].scrollIntoView()}",
    "d.onkeydown=function(e){if(e.ctrlKey||e.metaKey||e.altKey)return;if(e.target===q){if(e.key==='Escape')q.blur();"
    "return}",
    "if(e.key==='j')go(1);else if(e.key==='k')go(-1);else if(e.key==='/'){e.preventDefault();q.focus()}}})()",
    NULL,
};
