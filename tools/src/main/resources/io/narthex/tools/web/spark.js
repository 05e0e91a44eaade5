// A line of two minutes in a row of the list.
import uPlot from './uplot.js';
import { colours } from './dom.js';

/** As wide as the column says, so that a young line does not look like an old one. */
const SECONDS = 120;

function range(grows, low, high) {
  if (low === null || low === undefined) {
    return [0, 1];
  }
  if (grows) {
    return [0, high > 0 ? high : 1];
  }
  return low === high ? [low - 1, high + 1] : [low, high];
}

export class Spark {
  #plot;
  #grows = false;

  constructor(host, width, height) {
    this.#plot = new uPlot({
      width,
      height,
      padding: [3, 2, 3, 2],
      legend: { show: false },
      cursor: { show: false },
      select: { show: false },
      axes: [{ show: false }, { show: false }],
      scales: {
        x: { time: false, range: (_, first, last) => [(last ?? 0) - SECONDS, last ?? 0] },
        y: { range: (_, low, high) => range(this.#grows, low, high) },
      },
      series: [{}, {
        width: 1.25,
        stroke: () => colours().line,
        fill: () => colours().fill,
        points: { show: false },
      }],
    }, [[], []], host);
  }

  show(line, grows) {
    this.#grows = grows;
    this.#plot.setData(line);
  }

  redraw() {
    this.#plot.redraw();
  }

  destroy() {
    this.#plot.destroy();
  }
}
