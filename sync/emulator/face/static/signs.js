// Small drawings, so that a sign looks the same on every machine, whatever fonts it has.

const NAMESPACE = "http://www.w3.org/2000/svg";
const PATHS = {
  person: "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4 20c0-4 4-6 8-6s8 2 8 6z",
  people: "M9 5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM2 19c0-3.500 3-5.500 7-5.500s7 2 7 5.500zM17 7a3 3 0 1 1-1 5.800M17.500 13.600c3 .4 4.500 2.400 4.500 5.400h-4",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm0 2a7 7 0 1 1 0 14 7 7 0 0 1 0-14zm-1 2h2v4.600l3.300 2-1 1.600L11 12.700z",
  calendar: "M7 2h2v2h6V2h2v2h4v18H3V4h4zM5 9v11h14V9z",
  document: "M5 2h10l5 5v15H5zM7 4v16h11V8h-4V4zm2 8h7v2H9zm0 4h7v2H9z",
  description: "M4 5h16v2H4zm0 4h16v2H4zm0 4h16v2H4zm0 4h10v2H4z",
  sheet: "M3 3h18v18H3zM5 5v4h6V5zm8 0v4h6V5zM5 11v3h6v-3zm8 0v3h6v-3zM5 16v3h6v-3zm8 0v3h6v-3z",
  folder: "M2 5h8l2 2h10v13H2z",
  pin: "M12 2a7 7 0 0 0-7 7c0 5 7 13 7 13s7-8 7-13a7 7 0 0 0-7-7zm0 4.500a2.500 2.500 0 1 1 0 5 2.500 2.500 0 0 1 0-5z",
  star: "M12 2l3 6.600 7 .8-5.200 4.800L18.200 21 12 17.500 5.800 21l1.400-6.800L2 9.400l7-.8z",
  mail: "M2 5h20v14H2zM4 8v9h16V8l-8 5z",
  bookmark: "M6 2h12v20l-6-4-6 4z",
  video: "M2 6h14v4l6-3v10l-6-3v4H2z",
  phone: "M6 2h4l2 5-2.500 2a12 12 0 0 0 5.500 5.500L17 12l5 2v4a3 3 0 0 1-3 4C10 21 3 14 2 5a3 3 0 0 1 4-3z",
  search: "M10 3a7 7 0 1 0 4.300 12.500l5.100 5.100 1.400-1.400-5.100-5.100A7 7 0 0 0 10 3zm0 2a5 5 0 1 1 0 10 5 5 0 0 1 0-10z",
  check: "M9 16.200 4.800 12l-1.400 1.400L9 19 21 7l-1.400-1.400z",
  close: "M19 6.400 17.600 5 12 10.600 6.400 5 5 6.400l5.600 5.600L5 17.600 6.400 19l5.600-5.600 5.600 5.600 1.400-1.400-5.600-5.600z",
  idea: "M12 2a7 7 0 0 0-4 12.700V17h8v-2.300A7 7 0 0 0 12 2zM9 19h6v2H9z",
  heart: "M12 21C5 15 2 12 2 8a5 5 0 0 1 10-2 5 5 0 0 1 10 2c0 4-3 7-10 13z",
  door: "M5 2h12v20H5zm9 9a1.300 1.300 0 1 0 0 2.600A1.300 1.300 0 0 0 14 11z",
  school: "M12 3 1 9l11 6 9-5v7h2V9zM5 13.200V17l7 4 7-4v-3.800L12 17z",
  info: "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm-1 5h2v2h-2zm0 4h2v6h-2z",
  warning: "M12 2 1 21h22zM11 9h2v6h-2zm0 8h2v2h-2z",
  home: "M12 3 2 12h3v9h5v-6h4v6h5v-9h3z",
  edit: "M3 17v4h4L18 10l-4-4zM20 8l-4-4 2-2 4 4z",
  swap: "M7 4 2 9h4v8h2V9h4zM17 20l5-5h-4V7h-2v8h-4z",
  refresh: "M12 4a8 8 0 1 0 8 8h-2a6 6 0 1 1-2-4.500L13 10h8V2l-3 3a8 8 0 0 0-6-1z",
  menu: "M12 4a2 2 0 1 0 0 4 2 2 0 0 0 0-4zm0 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4zm0 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
  back: "M20 11H8l5-5-1.400-1.400L4 12l7.600 7.400L13 18l-5-5h12z",
  seat: "M6 3h9v9h4v9h-2v-4H8v4H6zM8 14h9v1H8z",
  picture: "M3 4h18v16H3zM5 6v12h14V6zm3 1.500a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM6 17l4-5 3 3 2-2 3 4z",
  ticket: "M3 6h18v4a2 2 0 0 0 0 4v4H3v-4a2 2 0 0 0 0-4z",
  money: "M2 6h20v12H2zm10 3a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
  cup: "M5 4h13v2h3v6h-3v2a4 4 0 0 1-4 4H9a4 4 0 0 1-4-4zM4 20h15v2H4z",
  way: "M3 11 22 3l-8 19-3-8z",
  bold: "M7 4h6.500a4 4 0 0 1 2.400 7.200A4.300 4.300 0 0 1 14 20H7zm3 2.800v3.700h3a1.850 1.850 0 0 0 0-3.700zm0 6.200v4.200h3.600a2.100 2.100 0 0 0 0-4.200z",
  italic: "M10 4h8v2.500h-2.700l-3.400 11H15V20H6v-2.500h2.700l3.400-11H10z",
  underline: "M7 3h2.600v8.500a2.400 2.400 0 0 0 4.800 0V3H17v8.500a5 5 0 0 1-10 0zM5 19h14v2H5z",
  bullets: "M4 5h2v2H4zm4 0h12v2H8zM4 11h2v2H4zm4 0h12v2H8zm-4 6h2v2H4zm4 0h12v2H8z",
  numbers: "M3 4h2v5H4V5H3zm0 7h3v1l-1.600 2H6v1H3v-1l1.600-2H3zm0 6h3v5H3v-1h2v-.7H4v-1h1V18H3zM9 5h12v2H9zm0 6h12v2H9zm0 6h12v2H9z",
  plus: "M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6z",
  link: "M8 7h4v2H8a3 3 0 0 0 0 6h4v2H8A5 5 0 0 1 8 7zm4 0h4a5 5 0 0 1 0 10h-4v-2h4a3 3 0 0 0 0-6h-4zM8 11h8v2H8z",
  table: "M3 4h18v16H3zm2 5v3h6V9zm8 0v3h6V9zm-8 5v4h6v-4zm8 0v4h6v-4z",
  dot: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z",
};

/** A drawing by its name; for eyes only unless `label` says what it means. */
export function sign(name, label) {
  const svg = document.createElementNS(NAMESPACE, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "sign");
  if (label) { svg.setAttribute("role", "img"); svg.setAttribute("aria-label", label); } else svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(NAMESPACE, "path");
  path.setAttribute("d", PATHS[name] || PATHS.dot);
  path.setAttribute("fill-rule", "evenodd");
  svg.append(path);
  return svg;
}
