/** A file as its text, as the test runner reads it. */
declare module '*?raw' {
  const text: string;
  export default text;
}
