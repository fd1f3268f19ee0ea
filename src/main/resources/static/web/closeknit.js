// What the shell does beyond plain HTML. Everything works without it.
'use strict';
(() => {
  document.documentElement.classList.add('ck-live'); // hides what only those need who run no scripts
  const on = (type, selector, act) =>
    document.addEventListener(type, event => {
      const found = event.target instanceof Element && event.target.closest(selector);
      if (found) act(event, found);
    });

  // Menus are <details>: one open at a time, closed by a click elsewhere and by Escape.
  const closeMenus = except =>
    document.querySelectorAll('details[data-menu][open]').forEach(menu => {
      if (menu !== except) menu.open = false;
    });
  document.addEventListener('click', event => closeMenus(event.target.closest('details[data-menu]')));
  document.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return;
    const menu = document.querySelector('details[data-menu][open]');
    if (menu) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  });

  // What was just done can be closed.
  const offerDismissal = root => root.querySelectorAll('[data-dismiss][hidden]').forEach(button => (button.hidden = false));
  on('click', '[data-dismiss]', (_, button) => button.closest('.ck-notice').remove());

  // Before something that cannot be undone: data-confirm holds the question.
  document.addEventListener('submit', event => {
    const question = (event.submitter && event.submitter.dataset.confirm) || event.target.dataset.confirm;
    if (question && !window.confirm(question)) event.preventDefault();
  });

  // A select or checkbox that sends its form at once: data-send-on-change.
  on('change', '[data-send-on-change]', (_, field) => field.form.requestSubmit());

  // The search box: '/' goes there, arrows walk the hits, Enter opens the marked or the first one.
  const words = document.getElementById('search-words');
  const hits = document.getElementById('search-hits');
  if (words && hits) {
    const links = () => [...hits.querySelectorAll('a[role="option"]')];
    const marked = () => hits.querySelector('[aria-selected="true"]');
    const mark = link => {
      links().forEach(each => each.setAttribute('aria-selected', String(each === link)));
      if (link) {
        words.setAttribute('aria-activedescendant', link.id);
        link.scrollIntoView({ block: 'nearest' });
      } else {
        words.removeAttribute('aria-activedescendant');
      }
    };
    const show = open => {
      hits.hidden = !open;
      words.setAttribute('aria-expanded', String(open));
      if (!open) mark(null);
    };
    words.setAttribute('role', 'combobox');
    words.setAttribute('aria-autocomplete', 'list');
    words.setAttribute('aria-expanded', 'false');
    document.addEventListener('keydown', event => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target.closest('input, textarea, select, [contenteditable]')) return;
      event.preventDefault();
      words.focus();
      words.select();
    });
    let shownFor = null; // the words that the hits in sight are for
    hits.addEventListener('htmx:afterSwap', () => {
      shownFor = hits.querySelector('[data-words]')?.dataset.words ?? null;
      show(words.value.trim() !== '' && hits.childElementCount > 0 && document.activeElement === words);
    });
    words.addEventListener('input', () => {
      if (words.value.trim() === '') show(false);
    });
    words.addEventListener('focus', () => {
      if (words.value.trim() !== '' && hits.childElementCount > 0) show(true);
    });
    words.addEventListener('keydown', event => {
      const all = links();
      const at = all.indexOf(marked());
      if (event.key === 'ArrowDown' && all.length) {
        event.preventDefault();
        show(true);
        mark(all[(at + 1) % all.length]);
      } else if (event.key === 'ArrowUp' && all.length) {
        event.preventDefault();
        mark(all[(at <= 0 ? all.length : at) - 1]);
      } else if (event.key === 'Escape' && !hits.hidden) {
        event.preventDefault();
        show(false);
      } else if (event.key === 'Enter') {
        // The first hit only where it is for these words; else the form asks the server for it.
        const go = marked() || (!hits.hidden && shownFor === words.value.trim() ? all[0] : null);
        if (go) {
          event.preventDefault();
          window.location.assign(go.href);
        }
      }
    });
    document.addEventListener('click', event => {
      if (!event.target.closest('.ck-search')) show(false);
    });
    words.addEventListener('blur', () => setTimeout(() => hits.contains(document.activeElement) || show(false), 150));
  }

  // Tooltips on the parts of charts: anything with data-tip (the head) and data-tip-more, and the parts of a fit bar, which
  // have both in their title, one line each. The pointer shows one, so does a touch; on a fit bar that has the focus the arrows
  // go from one criterion to the next.
  const TIPPED = '[data-tip], .ck-fit-segment';
  let tip = null;
  let tipped = null;
  const hideTip = () => {
    tip?.remove();
    tipped?.classList.remove('ck-on');
    tip = tipped = null;
  };
  const showTip = part => {
    if (tipped === part) return;
    hideTip();
    const title = part.querySelector(':scope > title');
    if (title && !('tip' in part.dataset)) [part.dataset.tip, part.dataset.tipMore = ''] = title.textContent.split('\n');
    title?.remove(); // else the browser shows its own as well
    tip = document.createElement('div');
    tip.className = 'ck-tip';
    tip.setAttribute('role', 'status');
    const head = document.createElement('strong');
    head.textContent = part.dataset.tip;
    tip.append(head, part.dataset.tipMore ?? '');
    document.body.append(tip);
    tipped = part;
    const at = part.getBoundingClientRect();
    const left = Math.min(Math.max(8, at.left + at.width / 2 - tip.offsetWidth / 2), innerWidth - tip.offsetWidth - 8);
    const above = at.top - tip.offsetHeight - 8;
    tip.style.left = `${left + scrollX}px`;
    tip.style.top = `${(above > 60 ? above : at.bottom + 8) + scrollY}px`;
  };
  document.addEventListener('pointerover', event => {
    const part = event.target instanceof Element && event.target.closest(TIPPED);
    if (part) showTip(part);
    else if (tipped && !(document.activeElement?.contains(tipped) && document.activeElement !== document.body)) hideTip();
  });
  on('click', TIPPED, (_, part) => showTip(part));
  document.addEventListener('keydown', event => {
    const bar = document.activeElement?.closest?.('[data-fit]');
    if (event.key === 'Escape') hideTip();
    if (!bar || (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft')) return;
    const parts = [...bar.querySelectorAll(TIPPED)];
    if (!parts.length) return;
    event.preventDefault();
    const step = event.key === 'ArrowRight' ? 1 : -1;
    const next = parts[(parts.indexOf(tipped) + step + parts.length) % parts.length];
    showTip(next);
    next.classList.add('ck-on');
  });
  document.addEventListener('focusin', event => {
    const bar = event.target.closest('[data-fit]');
    const first = bar?.querySelector(TIPPED);
    if (first && bar.matches(':focus-visible')) {
      showTip(first);
      first.classList.add('ck-on');
    }
  });
  document.addEventListener('focusout', event => event.target.closest('[data-fit]') && hideTip());
  document.addEventListener('scroll', hideTip, { passive: true, capture: true });

  // Anything over a third of a second shows that it is under way; an answer that cannot be swapped in says why.
  let running = 0;
  let bar = null;
  document.addEventListener('htmx:beforeRequest', () => {
    running++;
    setTimeout(() => {
      if (running > 0 && !bar) {
        bar = document.createElement('div');
        bar.className = 'ck-busy';
        document.body.append(bar);
      }
    }, 300);
  });
  document.addEventListener('htmx:afterRequest', () => {
    running = Math.max(0, running - 1);
    if (running === 0 && bar) {
      bar.remove();
      bar = null;
    }
  });
  const say = html => {
    const place = document.getElementById('notices');
    if (place) {
      place.replaceChildren(html);
      offerDismissal(place);
      place.scrollIntoView({ block: 'nearest' });
    }
  };
  document.addEventListener('htmx:responseError', event => {
    const answer = new DOMParser().parseFromString(event.detail.xhr.responseText, 'text/html').querySelector('.ck-notice');
    if (answer) say(document.importNode(answer, true));
    else window.location.reload();
  });
  document.addEventListener('htmx:sendError', () => {
    const lost = document.createElement('div');
    lost.className = 'ck-notice ck-notice-error';
    lost.textContent = document.body.dataset.offline;
    say(lost);
  });
  document.addEventListener('htmx:afterSwap', event => offerDismissal(event.target));

  offerDismissal(document);
  document.querySelector('.ck-errors')?.focus();
})();
