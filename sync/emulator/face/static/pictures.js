// Icons and pictures of a card. What lies on another machine is never loaded: its description stands there instead.
import { make } from "./api.js";
import { sign } from "./signs.js";

const KNOWN = {
  CLOCK: "clock", PERSON: "person", MULTIPLE_PEOPLE: "people", EMAIL: "mail", BOOKMARK: "bookmark", STAR: "star", DESCRIPTION: "description", MAP_PIN: "pin",
  EVENT_SEAT: "seat", INVITE: "calendar", VIDEO_CAMERA: "video", VIDEO_PLAY: "video", PHONE: "phone", STORE: "school", MEMBERSHIP: "people", CONFIRMATION_NUMBER_ICON: "ticket", TICKET: "ticket",
  DOLLAR: "money", SHOPPING_CART: "money", HOTEL: "home", HOTEL_ROOM_TYPE: "home", RESTAURANT_ICON: "cup", BUS: "way", CAR: "way", TRAIN: "way", AIRPLANE: "way", FLIGHT_ARRIVAL: "way", FLIGHT_DEPARTURE: "way",
};
const MATERIAL = {
  schedule: "clock", event: "calendar", calendar_today: "calendar", person: "person", group: "people", groups: "people", search: "search", check: "check", check_circle: "check", close: "close", cancel: "close",
  description: "description", article: "document", lightbulb: "idea", favorite: "heart", meeting_room: "door", door_open: "door", school: "school", info: "info", help: "info", warning: "warning", home: "home",
  edit: "edit", swap_horiz: "swap", mail: "mail", refresh: "refresh", star: "star", location_on: "pin", more_vert: "menu", arrow_back: "back", videocam: "video", table_chart: "sheet",
};
const ON_THIS_MACHINE = /^(data:image\/|\/(?!\/)|https?:\/\/(127\.0\.0\.1|localhost)(:\d+)?\/)/;

/** A picture, or a calm sheet with its description when it would come from another machine. */
export function picture(url, words, className = "") {
  if (ON_THIS_MACHINE.test(url || "")) return make("img", { src: url, alt: words || "", class: className });
  const small = /known/.test(className);
  return make("span", { class: `unseen ${small ? "small" : ""} ${className}`, role: words ? "img" : undefined, "aria-label": words, title: `${words || "A picture"} (not loaded: it is on another machine)` }, sign("picture"), words && !small && !/header/.test(className) ? make("span", {}, words) : "");
}

export function icon(spec) {
  if (!spec) return "";
  if (spec.iconUrl) return picture(spec.iconUrl, spec.altText, `known ${spec.imageType === "CIRCLE" ? "circle" : ""}`);
  return make("span", { class: "known" }, sign(spec.materialIcon ? MATERIAL[spec.materialIcon.name] : KNOWN[spec.knownIcon], spec.altText));
}
