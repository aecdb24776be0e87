// What `appearance` may set: the public properties of the style, without their prefix.

const NAMES = {
  accent: "accent",
  onAccent: "on-accent",
  accentText: "accent-text",
  canvas: "canvas",
  surface: "surface",
  line: "line",
  text: "text",
  focus: "focus",
  radius: "radius",
  font: "font",
};

/** Sets the properties on a rule; what has no name here is left out. */
export function appearanceRule(style, appearance) {
  for (const [name, value] of Object.entries(appearance ?? {})) {
    if (Object.hasOwn(NAMES, name)) style.setProperty(`--bandeja-${NAMES[name]}`, String(value));
  }
}
