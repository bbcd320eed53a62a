/**
 * The same text in the one copy that a JavaScript engine keeps for the keys of objects. Two such texts
 * compare by their address, and are found in an object at once; what is looked up for every event is
 * made so when a plan is compiled.
 */
export function interned<Text extends string>(text: Text): Text {
  const [key] = Object.keys({ [text]: true });
  // The key of an object is the text that was given, of the same type.
  return (key ?? text) as Text;
}
