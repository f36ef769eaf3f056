// AssemblyScript's Math is musl bit for bit; engines' own functions differ from it and from each other in the last bit.
export function log(x: f64): f64 { return Math.log(x) }
export function log2(x: f64): f64 { return Math.log2(x) }
export function exp(x: f64): f64 { return Math.exp(x) }
export function pow(x: f64, y: f64): f64 { return Math.pow(x, y) }
export function sin(x: f64): f64 { return Math.sin(x) }
export function cos(x: f64): f64 { return Math.cos(x) }
export function acos(x: f64): f64 { return Math.acos(x) }
export function atan2(y: f64, x: f64): f64 { return Math.atan2(y, x) }
