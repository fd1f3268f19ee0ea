// The import pages work without this: it adds drag and drop, and hides what a choice makes superfluous.
(() => {
  'use strict';

  const drop = document.querySelector('[data-import-drop]');
  if (drop) {
    const input = drop.querySelector('input[type=file]');
    const busy = drop.querySelector('[data-import-busy]');
    drop.querySelector('[data-import-hint]').hidden = false;
    const over = (event) => event.dataTransfer && Array.from(event.dataTransfer.types).includes('Files');
    let depth = 0;
    drop.addEventListener('dragenter', (event) => {
      if (over(event)) { event.preventDefault(); depth++; drop.classList.add('im-over'); }
    });
    drop.addEventListener('dragover', (event) => { if (over(event)) { event.preventDefault(); } });
    drop.addEventListener('dragleave', () => {
      depth = Math.max(0, depth - 1);
      if (depth === 0) { drop.classList.remove('im-over'); }
    });
    drop.addEventListener('drop', (event) => {
      if (!over(event) || event.dataTransfer.files.length === 0) { return; }
      event.preventDefault();
      depth = 0;
      drop.classList.remove('im-over');
      input.files = event.dataTransfer.files;
      drop.requestSubmit();
    });
    drop.addEventListener('submit', () => { busy.hidden = false; });
    window.addEventListener('pageshow', () => { busy.hidden = true; });
  }

  for (const to of document.querySelectorAll('[data-import-to]')) {
    const niche = to.closest('li').querySelector('input[list]');
    const show = () => { niche.hidden = to.value !== 'niche'; };
    to.addEventListener('change', () => { show(); if (!niche.hidden) { niche.focus(); } });
    show();
  }

  // What a column is read as changes with its field or unit: the page is asked again at once.
  const mapping = document.querySelector('[data-import-mapping]');
  if (mapping) {
    const check = mapping.querySelector('button[value=check]');
    mapping.addEventListener('change', (event) => {
      if (/^(field|unit|decimal)\.|^platform$/.test(event.target.name || '')) {
        sessionStorage.setItem('import-mapping', JSON.stringify({ at: window.scrollY, focus: event.target.id || event.target.name }));
        mapping.requestSubmit(check);
      }
    });
    const before = sessionStorage.getItem('import-mapping');
    if (before) {
      sessionStorage.removeItem('import-mapping');
      const { at, focus } = JSON.parse(before);
      const again = document.getElementById(focus) || mapping.querySelector(`[name="${CSS.escape(focus)}"]:checked, [name="${CSS.escape(focus)}"]`);
      if (again) { again.focus({ preventScroll: true }); }
      window.scrollTo(0, at);
    }
  }
})();
