// Typed windows on linear memory without a managed object: `changetype<F64s>(pointer)` costs nothing, `a[i]` is one load.

@unmanaged
export class F64s {
  @inline @operator('[]') get(i: i32): f64 { return load<f64>(changetype<usize>(this) + (<usize>i << 3)) }
  @inline @operator('[]=') set(i: i32, v: f64): void { store<f64>(changetype<usize>(this) + (<usize>i << 3), v) }
}

@unmanaged
export class F32s {
  @inline @operator('[]') get(i: i32): f32 { return load<f32>(changetype<usize>(this) + (<usize>i << 2)) }
  @inline @operator('[]=') set(i: i32, v: f32): void { store<f32>(changetype<usize>(this) + (<usize>i << 2), v) }
}

@unmanaged
export class I32s {
  @inline @operator('[]') get(i: i32): i32 { return load<i32>(changetype<usize>(this) + (<usize>i << 2)) }
  @inline @operator('[]=') set(i: i32, v: i32): void { store<i32>(changetype<usize>(this) + (<usize>i << 2), v) }
}

@unmanaged
export class U8s {
  @inline @operator('[]') get(i: i32): u8 { return load<u8>(changetype<usize>(this) + <usize>i) }
  @inline @operator('[]=') set(i: i32, v: u8): void { store<u8>(changetype<usize>(this) + <usize>i, v) }
}

@unmanaged
export class U16s {
  @inline @operator('[]') get(i: i32): u16 { return load<u16>(changetype<usize>(this) + (<usize>i << 1)) }
  @inline @operator('[]=') set(i: i32, v: u16): void { store<u16>(changetype<usize>(this) + (<usize>i << 1), v) }
}
