// Makes of a plot (see Plot.java) what ECharts takes, and draws it.
var INK = '#202124', SOFT = '#5f6368', LINE = '#e3e6ea', FONT = 'Helvetica, Arial, sans-serif';

// Ends of logarithmic axes come with the dust of powers.
function short(exact) {
  var value = Number(exact.toPrecision(6));
  var size = Math.abs(value);
  if (size >= 1e9) return Number((value / 1e9).toPrecision(4)) + 'G';
  if (size >= 1e6) return Number((value / 1e6).toPrecision(4)) + 'M';
  if (size >= 1e4) return Number((value / 1e3).toPrecision(4)) + 'k';
  if (size >= 1e3) return String(Math.floor(size / 1e3)) + ',' + ('00' + Math.round(size % 1e3)).slice(-3);
  return String(Number(value.toPrecision(4)));
}

function time(exact) {
  var nanos = Number(exact.toPrecision(6));
  if (nanos >= 1e9) return nanos / 1e9 + ' s';
  if (nanos >= 1e6) return nanos / 1e6 + ' ms';
  return nanos >= 1e3 ? nanos / 1e3 + ' µs' : short(nanos) + ' ns';
}

function multiple(value) {
  return value >= 0.99 ? short(value) + '×' : '1/' + short(1 / value) + '×';
}

// ECharts guesses widths: there are no fonts here, and a reader may have others.
function widthOf(text) {
  return echarts.format.getTextRect(text, '12px ' + FONT).width;
}

function values(panels, key) {
  var all = [];
  panels.forEach(function (panel) {
    panel.series.forEach(function (series) {
      if (series.form !== 'heading' && series.form !== 'absent') series.data.forEach(function (datum) { all.push(datum[key]); });
    });
  });
  return all;
}

function range(type, all) {
  var base = type === 'ratio' ? 4 : 10;
  var positive = all.filter(function (value) { return value > 0; });
  if (positive.length === 0) return [1, base];
  var log = function (value) { return Math.log(value) / Math.log(base); };
  var low = Math.floor(log(Math.min.apply(null, positive)) + 1e-9);
  var high = Math.ceil(log(Math.max.apply(null, positive)) - 1e-9);
  if (type === 'ratio') {
    // Room for the headings, and for the words beside the bars.
    low = Math.min(low, -1);
    high = Math.max(high, 0) + 1;
  }
  return [Math.pow(base, low), Math.pow(base, Math.max(high, low + 1))];
}

function roundUp(value) {
  var unit = Math.pow(10, Math.floor(Math.log(value) / Math.LN10 + 1e-9));
  var steps = [1, 2, 3, 4, 5, 6, 8, 10];
  for (var i = 0; i < steps.length; i++) if (value <= steps[i] * unit * 1.0001) return steps[i] * unit;
  return value;
}

function axis(from, all, horizontal, showLabels, dense) {
  var made = {
    name: from.name,
    nameTextStyle: {color: SOFT, fontSize: 12},
    axisLabel: {color: INK, fontSize: 12, show: showLabels, hideOverlap: true},
    axisLine: {show: horizontal, lineStyle: {color: '#9aa0a6'}},
    axisTick: {show: false},
    splitLine: {show: from.type !== 'category', lineStyle: {color: LINE}},
    minorSplitLine: {show: false}
  };
  if (horizontal) {
    made.nameLocation = 'middle';
    made.nameGap = 30;
  } else {
    made.name = '';
  }
  if (from.type === 'category') {
    made.type = 'category';
    made.data = from.categories;
    made.inverse = !horizontal;
    made.axisLabel.interval = 0;
    made.axisLabel.hideOverlap = false;
    // Names of subjects are texts, and must not be taken for numbers or templates.
    made.axisLabel.formatter = function (text) { return text; };
    if (horizontal && dense) made.axisLabel.fontSize = 11;
    return made;
  }
  made.axisLabel.formatter = short;
  if (from.type === 'value') {
    made.type = 'value';
    made.min = 0;
    var most = Math.max.apply(null, all.concat([0]));
    made.max = most > 0 ? roundUp(horizontal ? most * 1.28 : most) : 1;
    if (horizontal && dense) made.interval = made.max / 2;
    return made;
  }
  var ends = range(from.type, all);
  made.type = 'log';
  made.logBase = from.type === 'ratio' ? 4 : 10;
  made.min = ends[0];
  made.max = ends[1];
  if (from.type === 'ratio') made.axisLabel.formatter = multiple;
  else if (from.type === 'nanos') made.axisLabel.formatter = time;
  else if (horizontal && dense && all.labelled) made.max = ends[1] * 10;
  return made;
}

function seriesOf(series, index, xEnds) {
  var style = series.style;
  var made = {name: series.name, xAxisIndex: index, yAxisIndex: index, silent: true};
  var points = series.data.map(function (datum) {
    var point = {value: [datum.x, datum.y]};
    if (datum.label) {
      point.label = {
        show: true, position: 'right', color: INK, fontSize: 12,
        formatter: function () { return datum.label; }
      };
    }
    if (datum.color) point.itemStyle = {color: datum.color, opacity: style.opacity};
    return point;
  });
  made.data = points;
  if (series.form === 'line') {
    made.type = 'line';
    made.symbol = style.symbol;
    made.symbolSize = style.width > 2 ? 8 : 7;
    made.showAllSymbol = true;
    made.lineStyle = {color: style.color, width: style.width, type: style.dash};
    made.itemStyle = {color: style.color};
    made.z = 2 + style.width;
  } else if (series.form === 'bar' || series.form === 'stack') {
    made.type = 'bar';
    made.barWidth = '66%';
    made.itemStyle = {color: style.color, opacity: style.opacity};
    if (series.form === 'stack') made.stack = 'of panel ' + index;
  } else {
    made.type = 'scatter';
    made.symbolSize = series.form === 'dot' ? 12 : 0;
    made.clip = false;
    made.itemStyle = {opacity: 1};
    if (series.form === 'heading' || series.form === 'absent') {
      // Above the line that marks 1.
      made.z = 10;
      points.forEach(function (point) {
        point.value[0] = xEnds[0];
        point.label.fontWeight = series.form === 'heading' ? 'bold' : 'normal';
        if (series.form === 'absent') point.label.color = SOFT;
        point.label.distance = 4;
        point.label.backgroundColor = '#ffffff';
        point.label.padding = [1, 4, 1, 0];
      });
    }
  }
  return made;
}

function legendOf(plot, width) {
  var lines = plot.panels[0].series[0].form === 'line';
  var rows = 1, used = 0;
  plot.legend.forEach(function (name) {
    var size = widthOf(name) + 49;
    if (used + size > width - 16) { rows++; used = 0; }
    used += size;
  });
  return {
    items: plot.legend.map(function (name) { return lines ? {name: name} : {name: name, icon: 'rect'}; }),
    height: rows * 28
  };
}

// ECharts 5.3 writes texts into its SVG as they are.
function safe(key, value) {
  return typeof value !== 'string' ? value : value.replace(/[\x00-\x1f]/g, ' ').replace(/&/g, '&amp;')
    .replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

function draw(json, width) {
  var plot = JSON.parse(json, safe);
  var titles = [{
    text: plot.title, subtext: plot.note, left: 16, top: 12, itemGap: 8,
    textStyle: {fontSize: 18, color: INK}, subtextStyle: {fontSize: 13, color: SOFT}
  }];
  var option = {
    animation: false, backgroundColor: '#ffffff', textStyle: {fontFamily: FONT},
    title: titles, grid: [], xAxis: [], yAxis: [], series: []
  };
  var top = 70;
  if (plot.legend.length > 0) {
    var legend = legendOf(plot, width);
    option.legend = {
      data: legend.items, left: 12, top: top, width: width - 32, itemGap: 16, itemWidth: 28,
      itemHeight: 10, textStyle: {color: INK, fontSize: 12}, selectedMode: false,
      formatter: function (name) { return name; }
    };
    top += legend.height + 8;
  }
  var titled = plot.panels.some(function (panel) { return panel.title; });
  var named = plot.panels.some(function (panel) { return panel.y.name; });
  var head = (titled ? 20 : 0) + (named ? 18 : 0) + 8;
  var across = plot.panels[0].y.type === 'category';
  var names = across ? plot.panels[0].y.categories : [];
  var edge = across ? 30 + Math.max.apply(null, names.map(widthOf)) : 16;
  var gap = across ? 36 : 0, inner = across ? 0 : 46;
  var cell = (width - edge - 24 - gap * (plot.columns - 1)) / plot.columns;
  var rowHeight = plot.panelHeight + head + 58;
  plot.panels.forEach(function (panel, index) {
    var column = index % plot.columns, row = Math.floor(index / plot.columns);
    var left = edge + column * (cell + gap), up = top + row * rowHeight;
    titles.push({
      text: panel.title, subtext: panel.y.name, left: left + (across ? -5 : 3), top: up - 5, itemGap: 3,
      textStyle: {fontSize: 13, color: INK}, subtextStyle: {fontSize: 12, color: SOFT}
    });
    up += head;
    option.grid.push({left: left + inner, top: up, width: cell - inner - (across ? 0 : 12), height: plot.panelHeight});
    var of = plot.shared ? plot.panels : [panel];
    var allX = values(across && plot.shared ? plot.panels : [panel], 'x');
    allX.labelled = across;
    var x = axis(panel.x, allX, true, true, plot.columns > 1);
    x.gridIndex = index;
    var y = axis(panel.y, values(of, 'y'), false, !across || column === 0, plot.columns > 1);
    y.gridIndex = index;
    option.xAxis.push(x);
    option.yAxis.push(y);
    panel.series.forEach(function (series) { option.series.push(seriesOf(series, index, [x.min, x.max])); });
    if (panel.x.type === 'ratio') {
      option.series[option.series.length - panel.series.length].markLine = {
        symbol: 'none', silent: true, label: {show: false},
        lineStyle: {color: '#0b57d0', width: 2, type: 'solid'}, data: [{xAxis: 1}]
      };
    }
  });
  var height = top + Math.ceil(plot.panels.length / plot.columns) * rowHeight;
  var chart = echarts.init(null, null, {renderer: 'svg', ssr: true, width: width, height: height});
  chart.setOption(option);
  var svg = chart.renderToSVGString();
  chart.dispose();
  // The background's id would be in the page once for each chart.
  return svg.replace(' id="0"', '');
}
