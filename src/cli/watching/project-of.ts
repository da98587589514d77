/** The project of a run that makes a film: no other is launched here. */
export function projectOf<Project>({ project }: { project: Project | null }): Project {
  if (project === null) throw new Error('A run of a film names no project.');
  return project;
}
