'use strict';
// Everything shown is put in place as text; nothing that comes from the engine is taken for markup.
const POINTS = 300;
const SVG = 'http://www.w3.org/2000/svg';
const byId = id => document.getElementById(id);
let points = [];

function large(value, unit = '') {
  const units = ['', 'k', 'M', 'G', 'T', 'P'];
  let step = 0;
  while (value >= 999.5 && step < units.length - 1) { value /= 1000; step++; }
  const digits = step === 0 && Number.isInteger(value) ? 0 : value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  return value.toFixed(value === 0 ? 0 : digits) + (units[step] || unit ? ' ' : '') + units[step] + unit;
}

function duration(ns) {
  if (ns < 1e3) return ns + ' ns';
  if (ns < 1e6) return (ns / 1e3).toPrecision(3) + ' µs';
  if (ns < 1e9) return (ns / 1e6).toPrecision(3) + ' ms';
  const seconds = Math.floor(ns / 1e9);
  if (seconds < 60) return (ns / 1e9).toPrecision(3) + ' s';
  const pad = n => String(n).padStart(2, '0');
  return (seconds >= 86400 ? Math.floor(seconds / 86400) + ' d ' : '')
    + pad(Math.floor(seconds / 3600) % 24) + ':' + pad(Math.floor(seconds / 60) % 60) + ':' + pad(seconds % 60);
}

const count = value => value.toLocaleString('en-US');
const words = name => name.replaceAll('_', ' ');
const time = row => new Date(row.time_ms).toLocaleTimeString('en-GB');
const recent = (row, figure) => row.recent.count ? duration(row.recent[figure]) : '–';
const flow = [['from', 'text', row => row.source], ['to', 'text', row => row.destination],
  ['protocol', '', row => row.protocol]];
const percent = share => Math.round(share * 100) + ' %';

function cell(kind, content) {
  const made = document.createElement(kind);
  made.textContent = content;
  return made;
}

// Rows of {text, ...}; columns are [title, class, value of row]; share of row fills a bar behind its first cell.
function table(id, columns, rows, share) {
  const head = document.createElement('tr');
  for (const [title, style] of columns) {
    const made = cell('th', title);
    made.className = style;
    head.append(made);
  }
  const lines = rows.map(row => {
    const line = document.createElement('tr');
    columns.forEach(([, style, value], index) => {
      const made = cell('td', value(row));
      made.className = style;
      if (share && index === 0) {
        made.classList.add('bar');
        made.append(bar(share(row)));
      }
      line.append(made);
    });
    return line;
  });
  if (lines.length === 0) {
    const line = document.createElement('tr');
    const made = cell('td', 'none');
    made.className = 'none';
    made.colSpan = columns.length;
    line.append(made);
    lines.push(line);
  }
  byId(id).replaceChildren(head, ...lines);
}

function bar(share) {
  const box = document.createElementNS(SVG, 'svg');
  box.setAttribute('viewBox', '0 0 100 10');
  box.setAttribute('preserveAspectRatio', 'none');
  const filled = document.createElementNS(SVG, 'rect');
  filled.setAttribute('width', Math.max(0, Math.min(100, 100 * share)));
  filled.setAttribute('height', 10);
  filled.setAttribute('rx', 1);
  box.append(filled);
  return box;
}

function shape(kind, attributes) {
  const made = document.createElementNS(SVG, kind);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

function chart() {
  const most = Math.max(1000, ...points.map(point => point[1]));
  const mostDropped = Math.max(1, ...points.map(point => point[3]));
  const end = points.length ? points[points.length - 1][0] : 0;
  // A chart that has just begun shows a minute, and grows from there.
  const seconds = Math.max(60, Math.min(POINTS, points.length));
  const x = point => 1000 - (end - point[0]) / seconds;
  const y = value => 196 - value / most * 186;
  const line = points.map(point => x(point).toFixed(1) + ',' + y(point[1]).toFixed(1)).join(' ');
  const parts = [50, 100, 150].map(at => shape('line', {class: 'grid', x1: 0, x2: 1000, y1: at, y2: at}));
  if (points.length > 1) {
    parts.push(shape('polygon', {class: 'area', points: x(points[0]).toFixed(1) + ',200 ' + line + ' 1000,200'}));
    parts.push(shape('polyline', {class: 'line', points: line}));
  }
  for (const point of points) {
    if (point[3] > 0) {
      const height = 10 + 50 * point[3] / mostDropped;
      parts.push(shape('rect', {class: 'drop', x: x(point) - 1.5, y: 200 - height, width: 3, height}));
    }
  }
  byId('chart').replaceChildren(...parts);
  byId('scale').textContent = 'up to ' + large(most, 'bit/s');
  byId('span').textContent = 'last ' + (seconds < 120 ? seconds + ' seconds' : Math.round(seconds / 60) + ' minutes');
}

function traffic(id, title, rows) {
  const all = rows.reduce((sum, row) => sum + row.bits, 0) || 1;
  table(id, [[title, 'text', row => row.name], ['bit/s', 'number', row => large(row.bits)],
    ['frames/s', 'number', row => large(row.frames)], ['bytes in all', 'number', row => large(row.bytes_total, 'B')]],
    rows.slice(0, 12), row => row.bits / all);
}

function show(status) {
  const rates = status.rates;
  byId('where').textContent = status.interfaces.join(', ') + ' · process ' + status.pid;
  byId('bits').textContent = large(rates.bits);
  byId('frames').textContent = large(rates.frames);
  byId('flows').textContent = count(status.flows.live);
  byId('started').textContent = large(rates.flows);
  byId('transactions').textContent = large(rates.transactions);
  byId('alerts').textContent = large(rates.alerts);
  const lost = status.drops.filter(drop => drop.reason !== 'filtered').reduce((sum, drop) => sum + drop.frames, 0);
  byId('dropped').textContent = count(lost);
  byId('drop-figure').className = lost > 0 ? 'bad' : '';
  document.title = large(rates.bits, 'bit/s') + ' · weir';
  traffic('protocols', 'protocol', status.protocols);
  traffic('applications', 'application', status.applications);
  const loudest = Math.max(1, ...status.talkers.map(row => row.sent_bits + row.received_bits));
  table('talkers', [['address', 'text', row => row.address],
    ['sends', 'number', row => large(row.sent_bits, 'bit/s')], ['gets', 'number', row => large(row.received_bits, 'bit/s')]],
    status.talkers.slice(0, 12), row => (row.sent_bits + row.received_bits) / loudest);
  table('latencies', [['stage', '', row => words(row.stage)],
    ['p50', 'number', row => duration(row.total.p50)], ['p99', 'number', row => duration(row.total.p99)],
    ['p99.9', 'number', row => duration(row.total['p99.9'])], ['max', 'number', row => duration(row.total.max)],
    ['· p50', 'number', row => recent(row, 'p50')], ['p99', 'number', row => recent(row, 'p99')]],
    status.latencies);
  table('pauses', [['pause', '', row => words(row.kind)], ['count', 'number', row => count(row.total.count)],
    ['p99', 'number', row => duration(row.total.p99)], ['max', 'number', row => duration(row.total.max)],
    ['· count', 'number', row => count(row.recent.count)], ['max', 'number', row => recent(row, 'max')]],
    status.pauses);
  byId('slow-section').hidden = status.slowest.length === 0;
  table('slowest', [['time', 'time', time], ['until verdict', 'number', row => duration(row.ns)],
    ['most of it', '', row => row.part + ', ' + duration(row.part_ns)], ['worker', 'number', row => String(row.worker)],
    ['bytes', 'number', row => count(row.length)], ...flow], status.slowest);
  byId('elephant-section').hidden = status.elephants.length === 0;
  table('elephants', [['time', 'time', time], ...flow], status.elephants);
  table('workers', [['worker', '', row => String(row.number)], ['busy', 'number', row => percent(row.busy)],
    ['frames/s', 'number', row => large(row.frames)], ['flows', 'number', row => count(row.flows)],
    ['waiting', 'number', row => count(row.waiting)], ['passed late', 'number', row => count(row.late_total)]],
    status.workers.map((row, number) => ({...row, number})), row => row.busy);
  table('threads', [['thread', '', row => row.name], ['of a CPU', 'number', row => percent(row.cpu)],
    ['CPU in all', 'number', row => duration(row.cpu_ns)]], status.threads, row => row.cpu);
  table('drops', [['reason', '', row => row.reason], ['frames', 'number', row => count(row.frames)],
    ['per second', 'number', row => large(row.rate)]], status.drops.concat(
      [{reason: 'interface (before the socket)', frames: status.beside.interface, rate: 0},
        {reason: 'softnet (before the socket)', frames: status.beside.softnet, rate: 0}]));
  table('alert-rows', [['time', 'time', time], ['rule', 'time', row => row.rule], ['message', 'text', row => row.message],
    ...flow, ['about', 'text', row => row.subject]], status.alerts);
  byId('fault-section').hidden = status.faults.length === 0;
  table('faults', [['times', 'number', row => count(row.count)],
    ['what', 'text', row => row.what.split('\n', 2).join(' ')]], status.faults);
  const old = status.records_age_ns > 3e9 ? ', records held up for ' + duration(status.records_age_ns) : '';
  byId('state').textContent = 'up ' + duration(status.uptime_ns) + old;
  byId('state').className = old ? 'lost' : '';
}

async function json(path) {
  const answer = await fetch(path, {cache: 'no-store'});
  if (!answer.ok) throw new Error('status ' + answer.status);
  return answer.json();
}

async function refresh() {
  try {
    const status = await json('/api/status');
    if (points.length === 0) points = await json('/api/history');
    const last = points.length ? points[points.length - 1][0] : 0;
    if (status.time_ms > last) {
      points.push([status.time_ms, status.rates.bits, status.rates.frames, status.rates.dropped]);
      points = points.slice(-POINTS);
    }
    show(status);
    chart();
  } catch (problem) {
    byId('state').textContent = 'no answer from the engine: ' + problem.message;
    byId('state').className = 'lost';
  }
}

refresh();
setInterval(refresh, 1000);
