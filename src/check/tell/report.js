/* The report of a check: goes from finding to finding and from page to page, and shows both files in several ways. The
 * page is whole without this: it only hides, shows and scrolls what is there. */
(function () {
  'use strict';
  var d = document, root = d.documentElement, body = d.body;
  function all(selector, within) { return Array.prototype.slice.call((within || d).querySelectorAll(selector)); }
  function one(selector, within) { return (within || d).querySelector(selector); }
  var findings = all('.finding'), pages = all('.page'), links = all('.rail a'), table = one('.table'), help = one('.help');
  var isPair = !body.classList.contains('preflight'), at = -1, page = -1, zoom = 'fit';
  var levels = [0.5, 0.75, 1, 1.5, 2, 3, 4], PX_PER_PT = 96 / 72, GAP = 18, EDGE = 24, MANY = 20;
  root.classList.add('js');
  all('.tools, .filter').forEach(function (e) { e.hidden = false; });

  function press(selector, isOn) {
    all(selector).forEach(function (b) { b.setAttribute('aria-pressed', String(isOn(b))); });
  }

  /* --- sizes --- */

  function isStacked() { return body.dataset.view !== 'side'; }

  function isNarrow() { return window.innerWidth <= 900; }

  /* The room that one sheet has. */
  function paneOf(stage) {
    var n = isStacked() ? 1 : all('.sheet', stage).length;
    var tall = isNarrow() ? window.innerHeight * 0.7 : table.clientHeight - 96 + (isStacked() ? 20 : 0);
    return {width: Math.floor((table.clientWidth - 44 - GAP * (n - 1)) / n), height: Math.floor(tall)};
  }

  function scaleOf(stage) {
    var box = one('svg.pic', stage).viewBox.baseVal, pane = paneOf(stage), scale = zoom * PX_PER_PT;
    if (zoom === 'fit') {
      scale = (pane.width - 1) / box.width;
      if (!isNarrow()) scale = Math.min(scale, (pane.height - 1) / box.height);
    }
    return Math.max(scale, 0.05);
  }

  function lay() {
    one('.side').style.setProperty('--head', one('.list-head').offsetHeight + 'px');
    var stage = pages[page] && one('.stage', pages[page]);
    if (!stage) return;
    var scale = scaleOf(stage), box = one('svg.pic', stage).viewBox.baseVal, pane = paneOf(stage);
    /* whole pixels, so that no edge of one layer shows beside another's */
    stage.style.setProperty('--wide', Math.round(box.width * scale) + 'px');
    stage.style.setProperty('--tall', Math.round(box.height * scale) + 'px');
    stage.style.setProperty('--unit', 1 / scale);
    stage.style.setProperty('--pane-wide', pane.width + 'px');
    stage.style.setProperty('--pane-tall', Math.max(pane.height, isNarrow() && zoom === 'fit' ? box.height * scale + 1 : 0) + 'px');
  }

  /* What is scrolled: the table, or of sheets side by side each its own, and both alike. */
  function scrollers() {
    var papers = isStacked() ? [] : all('.page.on .sheet:not(:only-child) .paper');
    return papers.length ? papers : [table];
  }
  function scrollTo(left, top) {
    scrollers().forEach(function (s) {
      s.scrollLeft = left;
      s.scrollTop = top;
    });
  }
  table.addEventListener('scroll', function (e) {
    if (scrollers().length > 1 && e.target.classList.contains('paper')) scrollTo(e.target.scrollLeft, e.target.scrollTop);
  }, true);

  /* What is in the middle of the table stays there. */
  function setZoom(value) {
    var s = scrollers()[0];
    var x = (s.scrollLeft + s.clientWidth / 2) / s.scrollWidth, y = (s.scrollTop + s.clientHeight / 2) / s.scrollHeight;
    zoom = value;
    press('button[data-zoom]', function (b) { return b.dataset.zoom === String(zoom); });
    lay();
    scrollTo(x * s.scrollWidth - s.clientWidth / 2, y * s.scrollHeight - s.clientHeight / 2);
    if (at >= 0) center();
  }

  function step(way) {
    var stage = pages[page] && one('.stage', pages[page]);
    if (!stage) return;
    var now = scaleOf(stage) / PX_PER_PT;
    var next = levels.filter(function (z) { return way > 0 ? z > now * 1.01 : z < now * 0.99; });
    if (next.length) setZoom(way > 0 ? next[0] : next[next.length - 1]);
  }

  /* --- pages and findings --- */

  function showPage(i) {
    if (!pages[i] || i === page) return;
    page = i;
    pages.forEach(function (p, k) { p.classList.toggle('on', k === i); });
    links.forEach(function (a, k) {
      if (k === i) a.setAttribute('aria-current', 'page'); else a.removeAttribute('aria-current');
    });
    if (links[i]) links[i].scrollIntoView({block: 'nearest', inline: 'nearest'});
    table.scrollTop = table.scrollLeft = 0;
    lay();
  }

  function marks(i) { return all('[data-finding="' + (i + 1) + '"]'); }

  /* Brings what was found to the middle, where it is not all in sight. */
  function center() {
    var mark = one('.page.on .new.on .box') || one('.page.on .mark.on .box'); /* the first of its places */
    if (!mark) return;
    var s = isStacked() ? table : mark.closest('.paper');
    if (scrollers().indexOf(s) < 0) s = table;
    var b = mark.getBoundingClientRect(), t = s.getBoundingClientRect(), left = s.scrollLeft, top = s.scrollTop;
    if (b.top < t.top + EDGE || b.bottom > t.bottom - EDGE) top += b.top + b.height / 2 - t.top - t.height / 2;
    if (b.left < t.left + EDGE || b.right > t.right - EDGE) left += b.left + b.width / 2 - t.left - t.width / 2;
    scrollTo(left, top);
    if (isNarrow()) mark.scrollIntoView({block: 'center', inline: 'center'});
  }

  function say(text) { one('.live').textContent = text; }

  /* isFirst: the page has only been opened, and is not to scroll away from its head. */
  function select(i, isFirst) {
    if (!findings[i]) return;
    if (findings[at]) {
      findings[at].classList.remove('on');
      findings[at].removeAttribute('aria-current');
      marks(at).forEach(function (m) { m.classList.remove('on'); });
    }
    at = i;
    var f = findings[i];
    f.classList.add('on');
    f.setAttribute('aria-current', 'true');
    if (f.dataset.page) showPage(f.dataset.page - 1);
    marks(i).forEach(function (m) { m.classList.add('on'); });
    if (isFirst) return;
    f.scrollIntoView({block: 'nearest'});
    center();
    say(one('.rank', f).textContent + ': ' + one('.message', f).textContent + ' ' + one('.where', f).textContent);
    try { history.replaceState(null, '', '#f' + (i + 1)); } catch (e) { /* where a frame may not, it need not */ }
  }

  function go(way) {
    var i = at + way;
    while (findings[i] && findings[i].classList.contains('filtered')) i += way;
    if (findings[i]) select(i);
  }

  /* --- views --- */

  function setView(view) {
    body.dataset.view = view;
    press('button[data-view]', function (b) { return b.dataset.view === view; });
    setShow('both');
    lay();
    if (at >= 0) center();
  }

  function setShow(show) {
    body.dataset.show = show;
    press('button[data-show]', function (b) { return b.dataset.show === show; });
  }

  /* Two pages in turn at one place: what differs jumps to the eye. Nothing blinks by itself. */
  function blink() {
    if (!isPair) return;
    if (body.dataset.view !== 'over' && body.dataset.view !== 'diff') setView('diff');
    setShow(body.dataset.show === 'sample' ? 'ours' : 'sample');
  }

  function setWay(way) {
    body.dataset.way = way;
    press('button[data-way]', function (b) { return b.dataset.way === way; });
  }

  function setMix(value) {
    one('#mix').value = value;
    one('.table').style.setProperty('--mix', value / 100);
    setShow('both');
  }

  function toggleBoxes() {
    var isOff = table.classList.toggle('no-boxes');
    press('[data-do=boxes]', function () { return !isOff; });
  }

  function toggleHelp() {
    if (help.open) help.close(); else help.showModal();
  }

  /* --- the filter --- */

  function filter() {
    var off = all('.filter button').filter(function (b) { return b.getAttribute('aria-pressed') === 'false'; });
    var groups = off.map(function (b) { return b.dataset.group; }), n = 0;
    findings.forEach(function (f, i) {
      var isOut = groups.indexOf(f.dataset.group) >= 0;
      f.classList.toggle('filtered', isOut);
      all('[data-finding="' + (i + 1) + '"]').forEach(function (m) { m.classList.toggle('filtered', isOut); });
      n += !isOut;
    });
    var shown = one('#shown');
    shown.textContent = n === findings.length ? n : n + ' / ' + findings.length;
  }

  /* --- what the user does --- */

  var does = {boxes: toggleBoxes, help: toggleHelp};
  d.addEventListener('click', function (e) {
    var button = e.target.closest('button'), link = e.target.closest('a');
    if (button) {
      var data = button.dataset;
      if (data.view) setView(data.view);
      else if (data.zoom) setZoom(data.zoom === 'fit' ? 'fit' : Number(data.zoom));
      else if (data.show) setShow(data.show);
      else if (data.way) setWay(data.way);
      else if (data.do) does[data.do]();
      else if (data.group) {
        button.setAttribute('aria-pressed', String(button.getAttribute('aria-pressed') === 'false'));
        filter();
      }
      if (e.detail && !button.closest('dialog')) button.blur(); /* by the mouse: the space key shall blink, not press it again */
    } else if (link) {
      var found = link.dataset.finding || (link.closest('.finding') && findings.indexOf(link.closest('.finding')) + 1);
      if (!found && !link.dataset.page) return;
      e.preventDefault();
      if (found) select(found - 1); else showPage(link.dataset.page - 1);
    }
  });

  var keys = {
    j: function () { go(1); }, k: function () { go(-1); },
    n: function () { showPage(page + 1); }, p: function () { showPage(page - 1); },
    b: toggleBoxes, '?': toggleHelp,
    '+': function () { step(1); }, '=': function () { step(1); }, '-': function () { step(-1); },
    '0': function () { setZoom('fit'); }
  };
  if (isPair) ['side', 'over', 'diff', 'boxes'].forEach(function (view, i) { keys[i + 1] = function () { setView(view); }; });
  d.addEventListener('keydown', function (e) {
    if (e.ctrlKey || e.metaKey || e.altKey || (help.open && e.key !== '?')) return;
    if (e.key === ' ') {
      if (e.target.closest('button, a, summary, input, dialog') || !isPair) return;
      e.preventDefault();
      blink();
      return;
    }
    var act = keys[e.key.length === 1 ? e.key.toLowerCase() : e.key];
    if (!act) return;
    e.preventDefault();
    act();
  });

  /* The line of a wipe is drawn along by the mouse. */
  function drag(e) {
    if (body.dataset.view !== 'over' || body.dataset.way !== 'wipe' || !(e.buttons & 1)) return;
    var paper = one('.page.on .paper');
    if (!paper || !e.target.closest('.stage') || e.target.closest('a')) return;
    var box = paper.getBoundingClientRect();
    setMix(Math.round(Math.max(0, Math.min(1, (e.clientX - box.left) / box.width)) * 100));
    e.preventDefault();
  }
  if (isPair) {
    table.addEventListener('pointerdown', drag);
    table.addEventListener('pointermove', drag);
    one('#mix').addEventListener('input', function () { setMix(this.value); });
  }
  window.addEventListener('resize', lay);
  window.addEventListener('hashchange', open);

  /* The address names a finding or a page. */
  function open() {
    var name = /^#(f|b|page-)(\d+)$/.exec(location.hash);
    if (!name) return false;
    if (name[1] === 'page-') showPage(name[2] - 1); else select(name[2] - 1);
    return page >= 0;
  }

  /* Where there is too much, only what is selected is told by its number. */
  pages.forEach(function (p) { p.classList.toggle('dense', all('.ours .mark, .sheet:only-child .mark', p).length > MANY); });
  links.forEach(function (a, i) {
    var picture = pages[i] && (one('.ours image', pages[i]) || one('.sample image', pages[i]));
    if (!picture) return;
    var img = d.createElement('img');
    img.alt = '';
    img.decoding = 'async';
    img.src = picture.getAttribute('href');
    one('.thumb', a).appendChild(img);
  });
  if (!open()) {
    showPage(0);
    select(0, true);
  }
})();
