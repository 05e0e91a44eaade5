// Before anything is drawn, hence no module: what the reader chose last, or what the system has.
(() => {
  let choice = null;
  try {
    choice = localStorage.getItem('narthex-theme');
  } catch {
    // No storage for this page: as the system has it.
  }
  document.documentElement.dataset.theme = choice === 'light' || choice === 'dark' ? choice : 'auto';
})();
