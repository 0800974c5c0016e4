public import ArgumentParser
public import DigitNetTraining

extension AlexNet: ExpressibleByArgument {}
