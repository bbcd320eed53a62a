// Runs before the first paint, as a file of its own because the page's policy allows no inline script.
(() => {
  let wanted = 'auto';
  try {
    wanted = localStorage.getItem('tenth.color-scheme') ?? 'auto';
  } catch {
    // Storage is blocked: the system's choice stands.
  }
  const isDark =
    wanted === 'dark' || (wanted === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.mantineColorScheme = isDark ? 'dark' : 'light';
  // zod would otherwise probe for `new Function`, which the policy refuses and reports.
  globalThis.__zod_globalConfig = { jitless: true };
})();
