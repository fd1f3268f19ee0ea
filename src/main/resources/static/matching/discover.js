// Discover works without this. It sends the form at every change, counts weights along, and keeps open what was opened.
'use strict';
(() => {
  document.documentElement.classList.add('di-live'); // the buttons that send the form are not needed
  if (window.closeknitDiscover) return; // history brings the page back without starting it anew
  window.closeknitDiscover = true;
  const PAUSE = 350; // milliseconds after the last letter or move of a slider
  let timer = 0;
  let sent = null;

  const form = () => document.getElementById('discover-form');
  const state = () => {
    const data = new FormData(form());
    return new URLSearchParams([...data].filter(([, value]) => value !== '')).toString();
  };
  const refine = () => {
    clearTimeout(timer);
    if (form() && state() !== sent) {
      sent = state();
      window.htmx?.trigger(form(), 'refine');
    }
  };
  const ours = event => form() && event.target instanceof Element && form().contains(event.target);

  document.addEventListener('change', event => {
    if (ours(event) && event.target.id !== 'brief') refine();
  });
  document.addEventListener('input', event => {
    if (!ours(event) || !event.target.matches('[data-while-typing]')) return;
    if (event.target.matches('[data-number]')) {
      const number = document.getElementById(`${event.target.id}-number`);
      if (number) number.textContent = String(Math.round(Number(event.target.value) * 100) / 100);
    }
    clearTimeout(timer);
    timer = setTimeout(refine, PAUSE);
  });
  // What the server changed in the form is not a change by the person.
  document.addEventListener('htmx:afterSettle', () => {
    if (form()) sent = state();
  });
  // A failed request is not what is shown: the same change may be tried again.
  for (const failure of ['htmx:sendError', 'htmx:responseError']) document.addEventListener(failure, () => (sent = null));

  // Panels stay open or closed when the page is drawn anew.
  const KEPT = 'discover-open';
  const kept = () => JSON.parse(sessionStorage.getItem(KEPT) ?? '{}');
  document.addEventListener(
    'toggle',
    event => {
      if (event.target.matches?.('details[data-keep-open]')) {
        sessionStorage.setItem(KEPT, JSON.stringify({ ...kept(), [event.target.id]: event.target.open }));
      }
    },
    true,
  );
  const restore = () =>
    document.querySelectorAll('details[data-keep-open]').forEach(panel => {
      if (panel.id in kept()) panel.open = kept()[panel.id];
    });
  document.addEventListener('DOMContentLoaded', restore);
  document.addEventListener('htmx:afterSwap', restore);
})();
