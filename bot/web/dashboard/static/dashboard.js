// Draws a chart above the table it belongs to, from the table itself: who sees no chart misses nothing.

const COLOURS = ["#1b7f5c", "#c7812f"];
const HEIGHT = 240;

function columnsOf(table) {
  const labels = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
  const rows = [...table.tBodies[0].rows].map((row) => [...row.cells]);
  return labels.map((label, place) => ({
    label,
    texts: rows.map((cells) => cells[place].textContent),
    values: rows.map((cells) => cells[place].dataset.value),
  }));
}

function drawn(figure) {
  const [along, ...lines] = columnsOf(document.querySelector(`[data-table="${figure.dataset.chart}"]`));
  const style = getComputedStyle(document.body);
  const soft = style.getPropertyValue("--soft");
  const axis = { stroke: soft, grid: { stroke: style.getPropertyValue("--line"), width: 1 } };
  const options = {
    width: figure.clientWidth - 16,
    height: HEIGHT,
    legend: { live: false },
    scales: { x: { time: false, range: (_, low, high) => [low - 0.5, high + 0.5] }, y: { range: (_, __, high) => [0, Math.max(4, high * 1.15)] } },
    series: [
      {},
      ...lines.map((line, number) => ({
        label: line.label,
        stroke: COLOURS[number],
        width: 2,
        points: { show: true, size: 8 },
      })),
    ],
    axes: [{ ...axis, splits: () => along.texts.map((_, place) => place), values: () => along.texts.map((text) => text.split(" ").slice(0, 2).join(" ")) }, axis],
  };
  return new uPlot(options, [along.texts.map((_, place) => place), ...lines.map((line) => line.values.map(Number))], figure);
}

for (const figure of document.querySelectorAll("[data-chart]")) {
  const chart = drawn(figure);
  new ResizeObserver(() => chart.setSize({ width: figure.clientWidth - 16, height: HEIGHT })).observe(figure);
}
