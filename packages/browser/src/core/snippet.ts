/**
 * What a shop pastes into its `<head>`. The stub collects calls made before `t.js` has come, in
 * analytics.js style (`tenth.track('X')`) or as a queue (`tenth.push(['track', 'X'])`):
 *
 * ```html
 * <script>
 *   !function(){var t=window.tenth=window.tenth||[];…}();
 * </script>
 * <script async src="https://HOST/t.js" data-write-key="KEY"></script>
 * ```
 *
 * The stub leaves out `user`, which needs the script: read it inside `tenth.ready`.
 *
 * @param host Where Tenth answers, as `https://tenth.shop.kr`; both values are put in as they are.
 */
export function snippet(host: string, writeKey: string): string {
  return `<script>
${stub}
</script>
<script async src="${host}/t.js" data-write-key="${writeKey}"></script>`;
}

/** The inline part alone, for pages whose Content-Security-Policy wants its hash. */
export const stub =
  '!function(){var t=window.tenth=window.tenth||[];if(!t.page)' +
  '"page track identify group alias reset ready consent".split(" ").forEach(function(m){' +
  't[m]=function(){t.push([m].concat([].slice.call(arguments)))}})}();';
