// One line a concept; what is exported here is typed in ../kernels.ts.
export * from './heap'
export * from './libm'
export * from './crop'
export * from './laplacianOfGaussian'
export * from './gradient'
export * from './wavelet'
