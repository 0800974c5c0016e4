public import ArgumentParser
public import DigitNetTraining

extension Recipe: ExpressibleByArgument {}
