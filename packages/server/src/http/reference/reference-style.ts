/** Style of the API reference; light or dark as the reader's system is. */
export const referenceStyle = `
:root{--ink:#1c1b22;--soft:#5d5b69;--paper:#fff;--tint:#f5f5f8;--line:#e3e2ea;--accent:#4a3aff;--get:#0a6b4b;--post:#4a3aff;--put:#8a5200;--patch:#8a5200;--delete:#b3261e;color-scheme:light dark}
@media(prefers-color-scheme:dark){:root{--ink:#ecebf2;--soft:#a9a7b7;--paper:#141319;--tint:#1e1d26;--line:#34323f;--accent:#a59bff;--get:#5fd3a8;--post:#a59bff;--put:#f0b45c;--patch:#f0b45c;--delete:#ff8a80}}
*{box-sizing:border-box}
html{scroll-padding-top:4.5rem}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.6 system-ui,-apple-system,"Apple SD Gothic Neo","Noto Sans KR",sans-serif}
a{color:var(--accent);text-underline-offset:.2em}
a:focus-visible,summary:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
.skip{position:absolute;left:-999px}.skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.5rem 1rem;z-index:2}
header{position:sticky;top:0;z-index:1;display:flex;justify-content:space-between;align-items:center;gap:1rem;padding:.75rem 1.5rem;background:var(--paper);border-bottom:1px solid var(--line)}
header nav{display:flex;gap:1.25rem}
.mark{font-weight:700;font-size:1.15rem;color:var(--ink);text-decoration:none}.mark span{font-weight:400;color:var(--soft)}
.columns{display:grid;grid-template-columns:19rem minmax(0,1fr);max-width:82rem;margin:0 auto}
.contents{position:sticky;top:3.5rem;height:calc(100vh - 3.5rem);overflow:auto;padding:1rem .5rem 3rem 1.5rem;border-right:1px solid var(--line);font-size:.85rem}
.contents h2{font-size:.8rem;margin:1.25rem 0 .25rem}.contents h2 a{color:var(--soft);text-decoration:none}
.contents ul{list-style:none;margin:0;padding:0}.contents li a{display:flex;gap:.5rem;padding:.15rem 0;color:var(--ink);text-decoration:none;overflow-wrap:anywhere}.contents li a:hover{color:var(--accent)}
.contents b{flex:0 0 3.4rem;text-align:right}
main{padding:1.5rem 2.5rem 6rem;min-width:0}
h1{font-size:2rem;line-height:1.2;margin:.5rem 0}h1 small{font-size:1rem;color:var(--soft);font-weight:400}
section>h2{font-size:1.4rem;margin:3.5rem 0 .25rem}
article{border:1px solid var(--line);border-radius:12px;padding:1.25rem 1.5rem;margin:1.25rem 0}
article h3{margin:0 0 .35rem;font-size:1.05rem}article h4{margin:1.25rem 0 .35rem;font-size:.85rem;color:var(--soft)}
b.get,b.post,b.put,b.patch,b.delete{text-transform:uppercase;font-size:.72rem;letter-spacing:.04em}
.get{color:var(--get)}.post{color:var(--post)}.put{color:var(--put)}.patch{color:var(--patch)}.delete{color:var(--delete)}
.path{display:flex;align-items:center;gap:.75rem;margin:.25rem 0;padding:.5rem .75rem;background:var(--tint);border-radius:8px;flex-wrap:wrap}.path span{margin-left:auto;color:var(--soft);font-size:.85rem}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.875em;overflow-wrap:anywhere}
pre{background:var(--tint);border-radius:12px;padding:1rem 1.25rem;overflow:auto}
.fields,.variants,.replies{margin:.25rem 0;padding-left:0;list-style:none}.fields .fields,.fields .variants{border-left:2px solid var(--line);margin-left:.35rem;padding-left:1rem}
.fields li,.variants li,.replies li{padding:.2rem 0}
.fields i{margin-left:.5rem;font-size:.8rem;color:var(--soft)}
.type,.about,small{color:var(--soft)}.type{font-size:.875rem;margin:0}.about{display:block;font-size:.875rem}
summary{cursor:pointer}
.s2{color:var(--get)}.s4,.s5{color:var(--delete)}
.facts{display:grid;grid-template-columns:max-content 1fr;gap:.5rem 1.25rem}.facts dt{font-weight:600}.facts dd{margin:0}
@media(max-width:56rem){.columns{display:block}.contents{display:none}main{padding:1rem}.facts{grid-template-columns:1fr}}
`;
