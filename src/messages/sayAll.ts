import './sayAnalysis.ts'
import './sayFeatures.ts'
import './sayImages.ts'
import './sayReport.ts'
import './sayStudyFile.ts'

/* Every room's sentences, where nobody waits for them: in the command line and in tests. */
