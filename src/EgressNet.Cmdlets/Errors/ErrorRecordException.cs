namespace EgressNet.Errors;

/// <summary>Carries a finished error record from where an item fails to where the cmdlet writes it.</summary>
internal sealed class ErrorRecordException(ErrorRecord record) : Exception(record.ToString(), record.Exception)
{
    public ErrorRecord Record { get; } = record;
}
