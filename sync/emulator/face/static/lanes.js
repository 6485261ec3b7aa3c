// Events that overlap share the width of their day: each gets a lane, and all of one cluster the same number of lanes.

/** `spans` with `from` and `to` in minutes -> the same with `lane` and `lanes`, in order of time. */
export function inLanes(spans) {
  const sorted = [...spans].sort((one, other) => one.from - other.from || other.to - one.to);
  let cluster = [];
  let ends = -Infinity;
  const close = () => {
    const lanes = 1 + Math.max(...cluster.map((one) => one.lane));
    cluster.forEach((one) => { one.lanes = lanes; });
    cluster = [];
  };
  for (const span of sorted) {
    if (cluster.length && span.from >= ends) { close(); ends = -Infinity; }
    const taken = new Set(cluster.filter((one) => one.to > span.from).map((one) => one.lane));
    span.lane = 0;
    while (taken.has(span.lane)) span.lane += 1;
    cluster.push(span);
    ends = Math.max(ends, span.to);
  }
  if (cluster.length) close();
  return sorted;
}
