/**
 * The style sheet of every page: the reader's own fonts, dark text on white, A4 in print, nothing loaded.
 *
 * @param marking - printed at the head of every sheet of paper
 */
export function pageStyle(marking: string): string {
  return `${screen}@page{size:A4;margin:20mm 15mm;@top-left{content:${cssString(marking)};font:9pt ${fonts}}@bottom-right{content:"Page " counter(page) " of " counter(pages);font:9pt ${fonts}}}\n${print}`;
}

/** Text as a CSS string: whatever could end it or the style element is written as its code point. */
function cssString(text: string): string {
  return `"${text.replace(/[^A-Za-z0-9 .,:-]/gu, (character) => `\\${(character.codePointAt(0) as number).toString(16)} `)}"`;
}

const fonts = 'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif';

// rem and em throughout, so that text set to twice its size still fits.
const screen = `*{box-sizing:border-box}
html{color-scheme:light;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;color:#0b0c0c;background:#fff;font:1.0625rem/1.5 ${fonts};overflow-wrap:break-word}
.skip{position:absolute;left:-999rem;padding:.5rem 1rem;background:#fff;color:#12436d}
.skip:focus{left:.5rem;top:.5rem}
header,main,footer{max-width:64rem;margin:0 auto;padding:0 1rem}
.band{border-top:.5rem solid #12436d}
.marking{margin:0;max-width:none;padding:.75rem 0;font-weight:700;border-bottom:1px solid #b1b4b6}
h1,h2,h3{line-height:1.25;margin:0 0 .75rem;text-wrap:balance}
h1{font-size:2rem;margin-top:1.5rem}
h2{font-size:1.5rem;margin-top:2.5rem;padding-top:.75rem;border-top:2px solid #12436d}
h3{font-size:1.1875rem;margin-top:2rem}
p,ul,ol,dl{margin:0 0 1rem;max-width:44rem}
.lede{font-size:1.1875rem;max-width:44rem}
li{margin-bottom:.375rem}
dt{font-weight:700}
dd{margin:0 0 .75rem}
a{color:#12436d;text-underline-offset:.15em}
a:hover{text-decoration-thickness:.2em}
:focus-visible{outline:3px solid #12436d;outline-offset:3px}
@media (min-width:40em){.facts{display:grid;grid-template-columns:10rem 1fr;column-gap:1rem;max-width:55rem}.facts dt{margin-bottom:.75rem}.facts dd{max-width:44rem}}
nav ul{list-style:none;padding:0}
nav ul ul{padding-left:1.25rem}
nav li{margin-bottom:.25rem}
code{font:.9375em ui-monospace,Consolas,"Liberation Mono",monospace;overflow-wrap:anywhere;background:#f3f4f5;padding:.05em .25em}
.scroll{overflow-x:auto;margin:0 0 1.5rem}
table{border-collapse:collapse;width:100%;font-size:1rem;font-variant-numeric:tabular-nums}
caption{text-align:left;font-weight:700;padding:.25rem 0 .5rem}
caption span{position:sticky;left:0;display:inline-block;max-width:calc(100vw - 2rem)}
th,td{text-align:left;vertical-align:top;padding:.4rem .75rem .4rem 0;border-bottom:1px solid #b1b4b6}
thead th{vertical-align:bottom;border-bottom:2px solid #0b0c0c}
tbody th{font-weight:400;min-width:9rem}
tfoot th,tfoot td{font-weight:700}
.number{text-align:right;white-space:nowrap}
thead .number{white-space:normal;width:6rem}
.picture{width:15.5rem;padding-right:0;padding-left:.5rem}
td.picture{vertical-align:middle}
.strip{display:block;width:15rem;height:1.25rem}
.strip.sign{display:inline-block;width:1rem;vertical-align:-.3em}
.strip .axis{stroke:#b1b4b6;stroke-width:1}
.strip .gap{stroke:#5694ca;stroke-width:3}
.strip .middle{stroke:#a9c3dd;stroke-width:10}
.strip .mark{stroke:#0b0c0c;stroke-width:3}
.strip .dot{fill:#12436d;stroke:#fff;stroke-width:1}
.chart{margin:0 0 1.5rem}
.chart>p:first-child{font-size:1.1875rem;font-weight:700;margin-bottom:.25rem}
.chart svg{display:block}
summary{cursor:pointer;color:#12436d;font-weight:700;padding:.25rem 0;margin-bottom:.5rem}
.paper{display:none}
footer{margin-top:3rem;margin-bottom:2rem;padding-top:1rem;font-size:.9375rem}
@media (max-width:40em){h1{font-size:1.625rem}h2{font-size:1.3125rem}body{font-size:1rem}table{font-size:.9375rem}
th,td{padding-right:.625rem}tbody th,tfoot th,thead th:first-child{position:sticky;left:0;background:#fff;min-width:6.5rem;max-width:8rem}}
nav ul ul:has(>li:nth-child(12)){columns:11rem auto;column-gap:1.5rem}
.flagged{background:#e3e9f2;font-weight:700}
.word{display:block;font-size:.875em;font-weight:400}
.flagged>.word{font-weight:700}
.alone-note{display:none}.alone:target .alone-note{display:block;border:2px solid #12436d;padding:.5rem .75rem}
@media (forced-colors:active){.strip .middle{stroke:GrayText}.strip .dot{fill:CanvasText;stroke:Canvas}.strip .mark,.strip .gap,.strip .axis{stroke:CanvasText}}
`;

const print = `@media print{body{font-size:10.5pt;line-height:1.4}header,main,footer{max-width:none;padding:0}
.skip,nav,details:not(.printed):has(+.paper){display:none}.paper{display:block}
details.printed::details-content{content-visibility:visible;block-size:auto}details.printed>summary{list-style:none;color:inherit;break-after:avoid}details.printed>summary:has(+.scroll){display:none}
.band{border-top:0}
h1{font-size:18pt;margin-top:12pt}h2{font-size:14pt;margin-top:18pt;padding-top:6pt}h3{font-size:11.5pt;margin-top:12pt}
h1,h2,h3,caption,thead,.chart>p:has(+p,+.scroll){break-after:avoid}h1,h2,h3{break-inside:avoid}.chart>p{break-inside:avoid}.chart>p:has(+.scroll){widows:9;orphans:9}p,li{orphans:3;widows:3}
.scroll{overflow:visible;margin-bottom:10pt}table{font-size:9pt}thead{display:table-header-group}tfoot{display:table-row-group}
tr,svg,dt,dd,figure{break-inside:avoid}.chart svg{max-width:100%;max-height:200mm;height:auto}th,td{padding-top:2.5pt;padding-bottom:2.5pt}a{color:inherit;text-decoration:none}
section:has(>.alone){break-before:page}main:has(.alone:target) section:has(>.alone){break-before:auto}.alone-link,.alone-note{display:none}
body:has(.alone:target) main>:not(section:has(.alone:target)),section:has(.alone:target)>:not(section:has(.alone:target)):not(.alone):not(h3){display:none}
.alone:target .alone-note{display:none}
caption span{max-width:none}section section p{break-after:avoid;break-inside:avoid}thead .number{width:17mm}.picture{width:48mm}.strip{width:46mm;height:4mm}.strip.sign{width:4mm}}
`;
