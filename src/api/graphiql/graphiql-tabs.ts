/** Worked operations that GraphiQL opens with; a test holds them to the schema. */
export const graphiqlTabs = [
  {
    query: `# 1. Make a film: press play, then copy the run's id into the next tab.
mutation GenerateFilm {
  generateFilm(
    input: {
      prompt: "A lighthouse keeper finds a bottle on the shore. She opens it and a storm comes out. By morning the sea is calm and full of stars."
      style: "cinematic"
      targetClipDuration: 3
      crossfadeSeconds: 0.5
    }
  ) {
    ... on GenerateFilmPayload {
      project {
        id
        title
      }
      run {
        id
        status
      }
    }
    ... on UserError {
      code
      message
    }
    ... on InvalidInputError {
      issues {
        path
        message
      }
    }
  }
}
`,
  },
  {
    query: `# 2. Follow it, live. It begins with where the run stands and completes when the run has ended.
subscription FollowRun {
  runProgress(runId: "the run's id") {
    cursor
    status
    stage
    percent
    message
    estimatedSecondsLeft
  }
}
`,
  },
  {
    query: `# 3. Look at everything that was made, in one request.
query NewestFilm {
  projects(first: 1) {
    totalCount
    edges {
      node {
        id
        title
        status
        styleGuide
        scenes {
          sceneIndex
          status
          sceneDescription
          keyframes {
            position
            source
            url
          }
          clip {
            status
            durationSeconds
            url
          }
        }
        runs(first: 1) {
          edges {
            node {
              kind
              status
              totalDurationSeconds
            }
          }
        }
        videos(first: 1) {
          edges {
            node {
              url
              posterUrl
              durationSeconds
              width
              height
              chapters {
                title
                startSeconds
              }
            }
          }
        }
      }
    }
  }
}
`,
  },
  {
    query: `# 4. Everything that happens to a project, from its first event on.
subscription ProjectEvents {
  projectEvents(projectId: "the project's id", after: "0") {
    __typename
    ... on LiveEvent {
      cursor
      occurredAt
    }
    ... on ChangeEvent {
      message
    }
    ... on SceneChanged {
      scene {
        sceneIndex
        status
      }
    }
  }
}
`,
  },
  {
    query: `# 5. Stop a run and let it go on later: what is finished is not made again.
mutation PauseRun {
  pauseRun(input: { runId: "the run's id" }) {
    ... on PauseRunPayload {
      run {
        status
        percent
      }
    }
    ... on UserError {
      code
      message
    }
  }
}

mutation ResumeRun {
  resumeRun(input: { runId: "the run's id" }) {
    ... on ResumeRunPayload {
      run {
        status
        stage
      }
    }
    ... on UserError {
      code
      message
    }
  }
}
`,
  },
  {
    query: `# 6. A film for each row: look at the rows, start them as they were looked at, watch them. Files go by "vidpipe batch".
mutation PreviewJob {
  previewJob(
    input: {
      name: "Two films"
      rows: [
        { Title: "Dusk", Text: "A lamp is lit. A ship finds its way." }
        { Title: "Noon", Text: "A bell rings. The square empties." }
      ]
      defaults: { style: "noir", targetDuration: 6 }
    }
  ) {
    ... on JobPayload {
      job {
        id
        digest
        totalRows
        invalidRows
        duplicateRows
        estimate {
          low
          likely
          high
        }
      }
    }
    ... on UserError {
      code
      message
    }
    ... on InvalidInputError {
      issues {
        path
        message
      }
    }
  }
}

mutation ConfirmJob {
  confirmJob(input: { jobId: "the job's id", digest: "its digest" }) {
    ... on JobPayload {
      job {
        status
      }
    }
    ... on UserError {
      code
      message
    }
  }
}

subscription FollowJob {
  jobProgress(jobId: "the job's id") {
    message
    job {
      status
      processedRows
      totalRows
    }
    row {
      rowNumber
      status
      errorMessage
    }
  }
}
`,
  },
];
