import ArgumentParser
import Pipeline

extension OutputFormat: ExpressibleByArgument {}
