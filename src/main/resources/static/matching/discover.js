// Discover works without this. It sends the form at every change, counts weights along, and keeps open what was opened.
'use strict';
(() => {
  document.documentElement.classList.add('di-live'); // the buttons that send the form are not needed
  if (window.closeknitDiscover) return; // history brings the page back without starting it anew
  window.closeknitDiscover = true;
  const PAUSE = 350; // milliseconds after the last letter
  const PAUSE_MOVING = 80; // and after the last move of a slider, which is answered at once
  let timer = 0;
  let sent = null;
  let waiting = false; // something was typed that is not sent yet
  let drawing = false; // a new form is on its way
  let before = null; // the weights when a slider was taken, while it is being moved

  const form = () => document.getElementById('discover-form');
  const state = () => {
    const data = new FormData(form());
    // Where the weights came from is no part of what is asked.
    return new URLSearchParams([...data].filter(([name, value]) => value !== '' && name !== 'add.before')).toString();
  };
  const refine = () => {
    clearTimeout(timer);
    if (drawing) {
      waiting = true; // for the new form
      return;
    }
    waiting = false;
    if (form() && state() !== sent) {
      sent = state();
      window.htmx?.trigger(form(), 'refine');
    }
  };
  // The list says who rose and who fell since the slider was taken, not since the step before.
  const weightsNow = () => document.getElementById('weights-now');
  const moving = () => {
    before ??= weightsNow()?.value ?? null;
    if (before && weightsNow()) weightsNow().value = before;
  };
  const ours = event => form() && event.target instanceof Element && form().contains(event.target);

  document.addEventListener('change', event => {
    if (!ours(event) || event.target.id === 'brief') return;
    if (event.target.matches('[data-number]')) moving();
    refine();
    before = null;
  });
  document.addEventListener('input', event => {
    if (!ours(event) || !event.target.matches('[data-while-typing]')) return;
    if (event.target.matches('[data-number]')) {
      const number = document.getElementById(`${event.target.id}-number`);
      if (number) number.textContent = String(Math.round(Number(event.target.value) * 100) / 100);
      moving();
    }
    clearTimeout(timer);
    waiting = true;
    timer = setTimeout(refine, event.target.matches('[data-number]') ? PAUSE_MOVING : PAUSE);
  });
  // What the server changed in the form is not a change by the person; what the person types meanwhile is one.
  document.addEventListener('htmx:afterSettle', () => {
    if (form() && !waiting) sent = state();
  });
  // Where the answer brings a new form, what was typed meanwhile stays typed.
  document.addEventListener('htmx:beforeRequest', event => {
    if (event.detail.target?.id === 'discover') drawing = true;
  });
  document.addEventListener('htmx:afterRequest', event => {
    if (event.detail.target?.id !== 'discover') return;
    drawing = false;
    if (waiting) {
      clearTimeout(timer);
      timer = setTimeout(refine, PAUSE);
    }
  });
  let typed = null;
  document.addEventListener('htmx:beforeSwap', event => {
    const field = document.activeElement;
    typed = waiting && event.detail.target?.id === 'discover' && form()?.contains(field) ? { id: field.id, value: field.value } : null;
  });
  document.addEventListener('htmx:afterSwap', () => {
    const field = typed && document.getElementById(typed.id);
    if (field) {
      field.value = typed.value;
      field.focus();
    }
    typed = null;
  });
  // A failed request is not what is shown: the same change may be tried again.
  for (const failure of ['htmx:sendError', 'htmx:responseError']) document.addEventListener(failure, () => (sent = null));

  // A row unfolds why she is there: loaded once, then shown and hidden.
  document.addEventListener('click', event => {
    const link = event.target instanceof Element && event.target.closest('[data-unfold]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !window.htmx) return;
    event.preventDefault();
    const place = document.getElementById(link.dataset.unfold);
    const open = place.hidden;
    place.hidden = !open;
    link.setAttribute('aria-expanded', String(open));
    if (open && !place.childElementCount) window.htmx.trigger(link, 'unfold');
  });
  const sayUnfolds = () =>
    document.querySelectorAll('[data-unfold]:not([aria-expanded])').forEach(link => {
      link.setAttribute('aria-expanded', 'false');
      link.setAttribute('aria-controls', link.dataset.unfold);
      link.setAttribute('role', 'button');
    });
  document.addEventListener('DOMContentLoaded', sayUnfolds);
  document.addEventListener('htmx:afterSettle', sayUnfolds);

  // Rows glide to their new places, so that the eye can follow who rose.
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  let places = new Map();
  const rows = () => document.querySelectorAll('.di-row[data-slug]');
  document.addEventListener('htmx:beforeSwap', event => {
    places = new Map();
    if (event.detail.target?.id === 'results' && !calm.matches) {
      rows().forEach(row => places.set(row.dataset.slug, row.getBoundingClientRect().top));
    }
  });
  document.addEventListener('htmx:afterSwap', () => {
    rows().forEach(row => {
      const from = places.get(row.dataset.slug);
      const by = from === undefined ? 0 : from - row.getBoundingClientRect().top;
      if (by) row.animate([{ transform: `translateY(${by}px)` }, { transform: 'none' }], { duration: 150, easing: 'ease-out' });
    });
    places = new Map();
  });

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
